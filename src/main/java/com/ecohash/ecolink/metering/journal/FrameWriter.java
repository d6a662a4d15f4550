package com.ecohash.ecolink.metering.journal;

import java.util.Arrays;
import java.util.zip.CRC32C;

/** Writes the fields of one frame: small numbers take few bytes. */
final class FrameWriter {
  private static final int VARINT_BYTES_MAX = 10;
  private static final int CHAR_BYTES_MAX = 3;

  private byte[] bytes;
  private int position = Frame.HEADER_BYTES;

  FrameWriter(byte type, int sizeBytesGuess) {
    bytes = new byte[sizeBytesGuess];
    byteValue(type);
  }

  void byteValue(int value) {
    ensure(1);
    bytes[position++] = (byte) value;
  }

  /** Seven bits a byte, the lowest first; meant for numbers that are not negative. */
  void number(long value) {
    ensure(VARINT_BYTES_MAX);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[position++] = (byte) rest;
  }

  /** A number that may be negative. */
  void signed(long value) {
    number((value << 1) ^ (value >> 63));
  }

  /** Each UTF-16 unit by itself in one to three bytes, so that any string comes back the same. */
  void text(String text, int charsMax) {
    int chars = cut(text, charsMax);
    number(chars);
    ensure(chars * CHAR_BYTES_MAX);
    for (int i = 0; i < chars; i++) {
      unit(text.charAt(i));
    }
  }

  private void unit(char unit) {
    if (unit < 0x80) {
      bytes[position++] = (byte) unit;
    } else if (unit < 0x800) {
      bytes[position++] = (byte) (0xC0 | unit >> 6);
      bytes[position++] = (byte) (0x80 | unit & 0x3F);
    } else {
      bytes[position++] = (byte) (0xE0 | unit >> 12);
      bytes[position++] = (byte) (0x80 | unit >> 6 & 0x3F);
      bytes[position++] = (byte) (0x80 | unit & 0x3F);
    }
  }

  private static int cut(String text, int charsMax) {
    if (text.length() <= charsMax) {
      return text.length();
    }
    return Character.isHighSurrogate(text.charAt(charsMax - 1)) ? charsMax - 1 : charsMax;
  }

  Frame frame() {
    int length = position - Frame.HEADER_BYTES;
    int sizeBytes = Frame.sizeBytes(length);
    ensure(sizeBytes - position);
    int crc = crc(bytes, Frame.HEADER_BYTES, length);
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[Integer.BYTES + i] = (byte) (crc >>> 8 * i);
    }
    return new Frame(bytes, sizeBytes, length);
  }

  static int crc(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  private void ensure(int more) {
    if (bytes.length - position < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, position + more));
    }
  }
}
