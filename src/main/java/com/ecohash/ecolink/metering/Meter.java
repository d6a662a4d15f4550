package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.openai.AnswerTap;

/** A tap that counts the units of one exchange as its answer passes. */
public interface Meter extends AnswerTap {
  /**
   * What was used so far, by the best source there is. Asked once, when nothing passes any more.
   */
  Units units();
}
