package com.ecohash.ecolink.media;

/** Raw samples: every byte counts. */
final class PcmFormat implements MediaFormat {
  private final long bitsPerSecond;
  private long bytes;

  PcmFormat(PcmLayout layout) {
    this.bitsPerSecond = layout.bitsPerSecond();
  }

  @Override
  public int wanted() {
    return 1;
  }

  @Override
  public long read(byte[] b, int from, int to) {
    bytes += to - from;
    return to - from;
  }

  @Override
  public long nanos() {
    return PlayTime.nanos(bytes * Byte.SIZE, bitsPerSecond);
  }
}
