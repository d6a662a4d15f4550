package com.ecohash.ecolink.openai;

/**
 * A top-level member's name on its way in. Names are compared unescaped: one that is written with
 * an escape for its {@code e} is {@code model} all the same.
 */
final class MemberName {
  /**
   * It was no UTF-8, or not even Unicode: an overlong form or half a surrogate pair could hide a
   * name from us that a lenient reader sees.
   */
  static final int MALFORMED = -2;

  /** The longest name that can be watched. */
  static final int CHARS_MAX = 32;

  /** Every character of it escaped. */
  private static final int BYTES_MAX = 6 * CHARS_MAX;

  private byte[] carried = {};
  private int length;
  private boolean tooLong;

  void clear() {
    length = 0;
    tooLong = false;
  }

  /** Keeps a part whose chunk ends before the name does. */
  void carry(byte[] b, int from, int to) {
    int more = to - from;
    tooLong |= more > BYTES_MAX - length;
    if (!tooLong) {
      if (carried.length == 0) {
        carried = new byte[BYTES_MAX];
      }
      System.arraycopy(b, from, carried, length, more);
      length += more;
    }
  }

  /**
   * The name's last part is here: the watched member it names, {@link WatchedMembers#NONE} or
   * {@link #MALFORMED}.
   */
  int find(WatchedMembers watched, byte[] b, int from, int to) {
    if (length == 0 && to - from <= BYTES_MAX) {
      return findWhole(watched, b, from, to);
    }
    carry(b, from, to);
    return tooLong ? WatchedMembers.NONE : findWhole(watched, carried, 0, length);
  }

  private static int findWhole(WatchedMembers watched, byte[] b, int from, int to) {
    int found = watched.indexOf(b, from, to);
    return found != WatchedMembers.NONE || isPlain(b, from, to)
        ? found
        : JsonText.unquote(b, from, to)
            .filter(MemberName::isWellFormed)
            .map(watched::indexOf)
            .orElse(MALFORMED);
  }

  /** An escaped half of a surrogate pair is no character; some readers leave it out. */
  private static boolean isWellFormed(String name) {
    return name.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  private static boolean isPlain(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] < 0 || b[i] == '\\') {
        return false;
      }
    }
    return true;
  }
}
