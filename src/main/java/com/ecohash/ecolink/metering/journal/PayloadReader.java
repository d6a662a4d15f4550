package com.ecohash.ecolink.metering.journal;

/**
 * Reads what {@link FrameWriter} wrote. Anything else, though its checksum was right, is of another
 * version: a {@link JournalException}.
 */
final class PayloadReader {
  private final byte[] bytes;
  private int position;

  PayloadReader(byte[] bytes) {
    this.bytes = bytes;
  }

  int byteValue() {
    if (position == bytes.length) {
      throw unreadable();
    }
    return bytes[position++];
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = byteValue();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw unreadable();
  }

  long signed() {
    long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  int count() {
    long count = number();
    if (count < 0 || count > bytes.length - position) {
      throw unreadable();
    }
    return (int) count;
  }

  String text() {
    char[] units = new char[count()];
    for (int i = 0; i < units.length; i++) {
      units[i] = unit();
    }
    return new String(units);
  }

  private char unit() {
    int first = byteValue();
    if (first >= 0) {
      return (char) first;
    }
    int second = byteValue() & 0x3F;
    if ((first & 0x20) == 0) {
      return (char) ((first & 0x1F) << 6 | second);
    }
    return (char) ((first & 0x0F) << 12 | second << 6 | byteValue() & 0x3F);
  }

  boolean isAtEnd() {
    return position == bytes.length;
  }

  static JournalException unreadable() {
    return new JournalException(
        "a journal record is whole but cannot be read: it was written by another version of"
            + " EcoLink; start that version once, so that it drains the journal");
  }
}
