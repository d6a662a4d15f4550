package com.ecohash.ecolink.openai;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the next byte that matters, eight or sixteen at a time: the loops in which most bytes of an
 * exchange are passed over.
 *
 * <p>The trick is the classic one: in {@code (v - n·0x0101…) & ~v} the high bit of a byte is set if
 * the byte is less than {@code n} (at most 0x80). A borrow may set it in bytes above such a one, so
 * only the lowest mark is sure.
 */
final class ByteSearch {
  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final long ONES = 0x0101010101010101L;
  static final long HIGHS = 0x8080808080808080L;

  private static final int WORD = Long.BYTES;
  private static final boolean[] SHORT_ESCAPES = new boolean[128];

  static {
    for (char c : "\"\\/bfnrt".toCharArray()) {
      SHORT_ESCAPES[c] = true;
    }
  }

  private ByteSearch() {}

  /**
   * Where a string's content stops: at its closing quote, at a control character, at an escape that
   * is none of the two-byte ones or is cut by the end; or {@code end}.
   */
  static int stringStop(byte[] b, int from, int end) {
    int at = special(b, from, end);
    while (at < end && b[at] == '\\' && at + 1 < end && isShortEscape(b[at + 1])) {
      at = special(b, at + 2, end);
    }
    return at;
  }

  /** Where the first quote, backslash or control character stands, or {@code end}. */
  private static int special(byte[] b, int from, int end) {
    int at = from;
    for (; at <= end - 2 * WORD; at += 2 * WORD) {
      long first = specials((long) LONGS.get(b, at));
      long second = specials((long) LONGS.get(b, at + WORD));
      if ((first | second) != 0) {
        return first != 0 ? at + lowest(first) : at + WORD + lowest(second);
      }
    }
    for (; at < end; at++) {
      byte c = b[at];
      if (c == '"' || c == '\\' || (c >= 0 && c < ' ')) {
        return at;
      }
    }
    return end;
  }

  /**
   * Turning bit 1 around makes a quote 0x20 and leaves nothing else at or below it but controls.
   */
  private static long specials(long word) {
    long quotesAndControls = (word ^ 0x02 * ONES) - 0x21 * ONES;
    long backslashes = (word ^ '\\' * ONES) - ONES;
    return (quotesAndControls | backslashes) & ~word & HIGHS;
  }

  /** Whether the byte makes a whole escape after a backslash. */
  static boolean isShortEscape(byte c) {
    return c >= 0 && SHORT_ESCAPES[c];
  }

  /** Where the first carriage return or line feed stands, or {@code end}. */
  static int lineEnd(byte[] b, int from, int end) {
    int at = from;
    while (at <= end - 2 * WORD) {
      long first = lows((long) LONGS.get(b, at));
      long second = lows((long) LONGS.get(b, at + WORD));
      if ((first | second) == 0) {
        at += 2 * WORD;
      } else {
        at += first != 0 ? lowest(first) : WORD + lowest(second);
        if (isLineEnd(b[at])) {
          return at;
        }
        at++; // a tab, most likely
      }
    }
    while (at < end && !isLineEnd(b[at])) {
      at++;
    }
    return at;
  }

  static boolean isLineEnd(byte c) {
    return c == '\n' || c == '\r';
  }

  /** Marks the bytes up to the carriage return. */
  private static long lows(long word) {
    return (word - ('\r' + 1) * ONES) & ~word & HIGHS;
  }

  /** Marks zero bytes in their high bit; the other bits are noise. */
  static long zeros(long word) {
    return (word - ONES) & ~word;
  }

  private static int lowest(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }
}
