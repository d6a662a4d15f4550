package com.ecohash.ecolink.media;

/** FLAC's checksum over a frame's head: x⁸ + x² + x + 1, from zero (RFC 9639, 9.1.8). */
final class Crc8 {
  private static final int POLYNOMIAL = 0x07;
  private static final byte[] TABLE = new byte[256];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      int crc = i;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = crc << 1 ^ ((crc & 0x80) != 0 ? POLYNOMIAL : 0);
      }
      TABLE[i] = (byte) crc;
    }
  }

  private Crc8() {}

  /** Zero over bytes that end with their own checksum. */
  static int of(byte[] b, int at, int length) {
    int crc = 0;
    for (int i = at; i < at + length; i++) {
      crc = TABLE[(crc ^ b[i]) & 0xff];
    }
    return crc;
  }
}
