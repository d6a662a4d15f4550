package com.ecohash.ecolink.media;

/**
 * Sums up the frames of one stream, whose sample rate may change where streams were put together.
 */
final class FrameTally {
  private long earlierNanos;
  private long samples;
  private int rate;

  void add(long frameSamples, int frameRate) {
    if (frameRate != rate) {
      earlierNanos = nanos();
      samples = 0;
      rate = frameRate;
    }
    samples += frameSamples;
  }

  boolean isEmpty() {
    return rate == 0;
  }

  long nanos() {
    return PlayTime.atMost(earlierNanos + PlayTime.nanos(samples, rate));
  }
}
