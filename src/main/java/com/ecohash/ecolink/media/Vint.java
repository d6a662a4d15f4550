package com.ecohash.ecolink.media;

/** Matroska's numbers of variable length (RFC 8794, section 4): leading zeros tell how long. */
final class Vint {
  /** All value bits are ones: a size that is not known. */
  static final long UNKNOWN = -1;

  private Vint() {}

  /** 1 to 8 by the first byte; 9 if it is zero, which is no number. */
  static int bytes(byte first) {
    return Integer.numberOfLeadingZeros(first & 0xff) - 24 + 1;
  }

  /** The value that stands here without its length marker, or UNKNOWN. */
  static long value(byte[] b, int at) {
    int bytes = bytes(b[at]);
    if (bytes > Long.BYTES) {
      return UNKNOWN;
    }
    long ones = (1L << 7 * bytes) - 1;
    long value = marked(b, at, bytes) & ones;
    return value == ones ? UNKNOWN : value;
  }

  /** So many bytes as they are, at most eight: an identifier, or a plain number. */
  static long marked(byte[] b, int at, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | Bytes.u8(b, at + i);
    }
    return value;
  }
}
