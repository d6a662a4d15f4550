package com.ecohash.ecolink.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Changes Ogg pages in place; their checksums, which nobody here reads, are wrong then. */
final class Ogg {
  private static final int GRANULE_AT = 6;
  private static final int SEGMENTS_AT = 26;

  private Ogg() {}

  /** As in a live stream, which counts from long ago. Pages of headers stay at zero. */
  static void addToGranules(byte[] ogg, long more) {
    ByteBuffer pages = ByteBuffer.wrap(ogg).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < ogg.length; at += pageBytes(ogg, at)) {
      long granule = pages.getLong(at + GRANULE_AT);
      if (granule > 0) {
        pages.putLong(at + GRANULE_AT, granule + more);
      }
    }
  }

  private static int pageBytes(byte[] ogg, int at) {
    int segments = ogg[at + SEGMENTS_AT] & 0xff;
    int bytes = SEGMENTS_AT + 1 + segments;
    for (int i = 0; i < segments; i++) {
      bytes += ogg[at + SEGMENTS_AT + 1 + i] & 0xff;
    }
    return bytes;
  }
}
