package com.ecohash.ecolink.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The numbers of media headers: big-endian unless the name ends in {@code Little}. */
final class Bytes {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Bytes() {}

  static int u8(byte[] b, int at) {
    return b[at] & 0xff;
  }

  static int u16(byte[] b, int at) {
    return u8(b, at) << 8 | u8(b, at + 1);
  }

  static int u24(byte[] b, int at) {
    return u16(b, at) << 8 | u8(b, at + 2);
  }

  static int i32(byte[] b, int at) {
    return (int) INTS.get(b, at);
  }

  static long u32(byte[] b, int at) {
    return i32(b, at) & 0xffffffffL;
  }

  static long i64(byte[] b, int at) {
    return (long) LONGS.get(b, at);
  }

  static int u16Little(byte[] b, int at) {
    return Short.toUnsignedInt(Short.reverseBytes((short) u16(b, at)));
  }

  static int i32Little(byte[] b, int at) {
    return Integer.reverseBytes(i32(b, at));
  }

  static long u32Little(byte[] b, int at) {
    return i32Little(b, at) & 0xffffffffL;
  }

  static long i64Little(byte[] b, int at) {
    return Long.reverseBytes(i64(b, at));
  }

  /** Four characters as the number that {@link #i32} reads where they stand. */
  static int tag(String fourCharacters) {
    return i32(fourCharacters.getBytes(ISO_8859_1), 0);
  }

  /** Where the byte next stands in the range, or {@code to}. */
  static int find(int value, byte[] b, int from, int to) {
    int at = from;
    while (at < to && b[at] != (byte) value) {
      at++;
    }
    return at;
  }
}
