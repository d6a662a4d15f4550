package com.ecohash.ecolink.media;

/** Bytes that nobody here can read: they pass unread. */
record UnknownFormat() implements MediaFormat {
  @Override
  public int wanted() {
    return 1;
  }

  @Override
  public long read(byte[] b, int from, int to) {
    return EVERYTHING;
  }

  @Override
  public long nanos() {
    return UNKNOWN;
  }
}
