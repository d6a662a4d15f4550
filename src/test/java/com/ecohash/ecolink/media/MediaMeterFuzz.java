package com.ecohash.ecolink.media;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Audio and video of any kind, and what only looks like it. */
final class MediaMeterFuzz {
  @FuzzTest
  void measuresTheSameHoweverItIsCut(byte[] media) {
    MediaChecks.check(media);
  }
}
