package com.ecohash.ecolink.media;

/**
 * Counts FLAC's frames whose numbers go on from each other. What looks like a frame within another
 * is not counted; after a gap, two in a row are believed.
 */
final class FlacRun {
  private static final long NOWHERE = -1;

  private long samples;
  private long expected;
  private long elsewhere = NOWHERE;
  private long elsewhereSamples;

  void add(long number, int frameSamples, long nextNumber) {
    if (number == expected) {
      samples += frameSamples;
      expected = nextNumber;
    } else if (number == elsewhere) {
      samples += elsewhereSamples + frameSamples;
      expected = nextNumber;
      elsewhere = NOWHERE;
    } else {
      elsewhere = nextNumber;
      elsewhereSamples = frameSamples;
    }
  }

  long samples() {
    return samples;
  }
}
