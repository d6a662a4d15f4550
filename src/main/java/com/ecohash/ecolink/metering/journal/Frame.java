package com.ecohash.ecolink.metering.journal;

/**
 * One record as it lies in a segment: length of what follows the first eight bytes (int), CRC-32C
 * of the same (int), type (byte), payload, zeros up to a multiple of four bytes; little-endian.
 *
 * @param bytes the whole frame, its length word still zero: {@link Segment} writes that one last
 * @param sizeBytes of the frame, padding included
 * @param length the length word: type and payload
 */
record Frame(byte[] bytes, int sizeBytes, int length) {
  static final byte BEGIN = 1;
  static final byte END = 2;

  static final int HEADER_BYTES = 8;

  /** No frame is larger; {@link JournalCodec} cuts what could make it so. */
  static final int SIZE_BYTES_MAX = 8 << 10;

  /** What a frame with this length word takes up; 4-byte steps make the length word atomic. */
  static int sizeBytes(int length) {
    return (HEADER_BYTES + length + 3) & ~3;
  }
}
