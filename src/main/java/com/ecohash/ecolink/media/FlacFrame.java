package com.ecohash.ecolink.media;

/** The head of a FLAC frame (RFC 9639, 9.1). */
final class FlacFrame {
  static final int NONE = 0;

  /** As far as the first byte of the coded number, by which the head's length is known. */
  private static final int FIXED_BYTES = 5;

  private static final int MARK = 0xfff8;
  private static final int NUMBER_AT = 4;

  private long number;
  private int samples;
  private boolean variable;

  /**
   * How long the head is that stands here, its checksum included, NONE if it is no head; while that
   * is not known, how many bytes must be seen to go on.
   *
   * @param seen how many bytes may be looked at, at least 2
   */
  static int headBytes(byte[] b, int at, int seen) {
    if ((Bytes.u16(b, at) & 0xfffe) != MARK) {
      return NONE;
    }
    if (seen < FIXED_BYTES) {
      return FIXED_BYTES;
    }
    int sizeCode = Bytes.u8(b, at + 2) >>> 4;
    int rateCode = b[at + 2] & 15;
    int channels = Bytes.u8(b, at + 3) >>> 4;
    int numberBytes = numberBytes(b[at + NUMBER_AT]);
    boolean valid = sizeCode != 0 && rateCode != 15 && channels <= 10 && (b[at + 3] & 1) == 0;
    return valid && numberBytes > 0
        ? NUMBER_AT + numberBytes + sizeBytes(sizeCode) + rateBytes(rateCode) + 1
        : NONE;
  }

  /** Reads a whole head; false if it contradicts itself. */
  boolean read(byte[] b, int at, int headBytes) {
    if (Crc8.of(b, at, headBytes) != 0) {
      return false;
    }
    int numberBytes = numberBytes(b[at + NUMBER_AT]);
    variable = (b[at + 1] & 1) != 0;
    number = number(b, at + NUMBER_AT, numberBytes);
    samples = samples(b, at + NUMBER_AT + numberBytes, Bytes.u8(b, at + 2) >>> 4);
    return number >= 0;
  }

  /** Of this frame, or of its first sample where blocks vary. */
  long number() {
    return number;
  }

  long nextNumber() {
    return number + (variable ? samples : 1);
  }

  /** Samples of each channel, 1 to 65,536. */
  int samples() {
    return samples;
  }

  /** By the leading ones, as in UTF-8; 0 if no number begins so. */
  private static int numberBytes(byte first) {
    int ones = Integer.numberOfLeadingZeros(~(first << 24));
    return ones == 0 ? 1 : ones == 1 || ones == 8 ? 0 : ones;
  }

  /** As UTF-8 would, up to seven bytes; negative if a byte does not continue it. */
  private static long number(byte[] b, int at, int bytes) {
    if (bytes == 1) {
      return b[at];
    }
    long value = Bytes.u8(b, at) & (0x7f >>> bytes);
    for (int i = 1; i < bytes; i++) {
      if ((b[at + i] & 0xc0) != 0x80) {
        return -1;
      }
      value = value << 6 | b[at + i] & 0x3f;
    }
    return value;
  }

  private static int samples(byte[] b, int codedAt, int code) {
    return switch (code) {
      case 1 -> 192;
      case 2, 3, 4, 5 -> 576 << (code - 2);
      case 6 -> Bytes.u8(b, codedAt) + 1;
      case 7 -> Bytes.u16(b, codedAt) + 1;
      default -> 256 << (code - 8);
    };
  }

  private static int sizeBytes(int code) {
    return code == 6 ? 1 : code == 7 ? 2 : 0;
  }

  private static int rateBytes(int code) {
    return code == 12 ? 1 : code == 13 || code == 14 ? 2 : 0;
  }
}
