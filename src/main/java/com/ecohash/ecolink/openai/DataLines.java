package com.ecohash.ecolink.openai;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** The payload of an event of several lines, by the letter of WHATWG HTML, 9.2.6. */
final class DataLines {
  private static final byte[] FIELD = {'d', 'a', 't', 'a'};

  private DataLines() {}

  /** The values of the event's {@code data} lines, joined by LF; empty if there is no such line. */
  static Optional<byte[]> join(byte[] b, int from, int to) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream(to - from);
    boolean any = false;
    for (int at = from; at < to; ) {
      int lineEnd = ByteSearch.lineEnd(b, at, to);
      int value = valueFrom(b, at, lineEnd);
      if (value >= 0) {
        if (any) {
          joined.write('\n');
        }
        joined.write(b, value, lineEnd - value);
        any = true;
      }
      at = lineEnd == to ? to : EventEnds.afterLineEnd(b, lineEnd, to);
    }
    return any ? Optional.of(joined.toByteArray()) : Optional.empty();
  }

  /** Where the line's value begins, or -1 if the line is no {@code data} field. */
  static int valueFrom(byte[] b, int from, int lineEnd) {
    int at = from + FIELD.length;
    if (at > lineEnd || !isField(b, from)) {
      return -1;
    }
    if (at == lineEnd) {
      return at;
    }
    if (b[at] != ':') {
      return -1;
    }
    at++;
    return at < lineEnd && b[at] == ' ' ? at + 1 : at;
  }

  private static boolean isField(byte[] b, int from) {
    return b[from] == 'd' && b[from + 1] == 'a' && b[from + 2] == 't' && b[from + 3] == 'a';
  }
}
