package com.ecohash.ecolink.media;

/** How much of an MP4's media ({@code mdat}) has passed, of what is known to come. */
final class Mp4MediaData {
  private long passed;
  private long left;
  private boolean endless;

  /** A box of media begins. */
  void begin(long bytes, boolean toTheEnd) {
    left = bytes;
    endless = toTheEnd;
  }

  boolean isPassing() {
    return left > 0;
  }

  long pass(int there) {
    long bytes = Math.min(left, there);
    left -= bytes;
    passed += bytes;
    return bytes;
  }

  /** The share of a play time that has passed, as if each byte played as long as any other. */
  long share(long nanos) {
    if (passed == 0) {
      return 0;
    }
    return left == 0 || endless ? nanos : (long) ((double) passed / (passed + left) * nanos);
  }
}
