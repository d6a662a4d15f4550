package com.ecohash.ecolink.openai;

/**
 * Finds where a server-sent event ends, whatever pieces it comes in: after a blank line, lines
 * ended by LF, CRLF or CR (WHATWG HTML, 9.2.6). It looks at each byte once and keeps none.
 */
final class EventEnds {
  static final int NOT_YET = -1;

  private boolean lineIsEmpty = true;
  private boolean afterReturn;
  private int lines;
  private int blankLineAt;

  /** The next byte is an event's first. */
  void begin() {
    lineIsEmpty = true;
    afterReturn = false;
    lines = 0;
  }

  /** The index after the event's last byte, or {@link #NOT_YET} if it is not in this piece. */
  int find(byte[] b, int from, int end) {
    int at = from;
    while (at < end) {
      byte c = b[at];
      boolean secondHalf = afterReturn && c == '\n';
      afterReturn = false;
      if (secondHalf) {
        at++;
      } else if (lineIsEmpty && (c == '\n' || c == '\r')) {
        blankLineAt = at;
        return afterLineEnd(b, at, end);
      } else {
        at = skipLine(b, at, end);
      }
    }
    return NOT_YET;
  }

  private int skipLine(byte[] b, int from, int end) {
    int at = ByteSearch.lineEnd(b, from, end);
    lineIsEmpty = at < end;
    if (at == end) {
      return end;
    }
    afterReturn = b[at] == '\r';
    lines++;
    return at + 1;
  }

  /**
   * The index after the line end that stands here; a CR that ends the piece may have an LF coming.
   */
  static int afterLineEnd(byte[] b, int at, int end) {
    boolean two = b[at] == '\r' && at + 1 < end && b[at + 1] == '\n';
    return two ? at + 2 : at + 1;
  }

  /** How many lines the event has had, the blank one not counted. */
  int lines() {
    return lines;
  }

  /** Where, in the piece that was looked through last, the blank line began. */
  int blankLineAt() {
    return blankLineAt;
  }
}
