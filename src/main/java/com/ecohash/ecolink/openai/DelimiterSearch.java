package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Finds lines that begin with {@code --boundary} in content that comes in pieces, and passes on
 * what stands before them. Most bytes are skipped, not looked at: the search is Horspool's, for a
 * line end and the text behind it.
 *
 * <p>A boundary has no line end in it, so at the end of a piece only its last line can be the
 * beginning of a delimiter; what has been seen of that is known, and need not be kept.
 */
final class DelimiterSearch {
  static final int NOT_YET = -1;

  /** What stood before the text. Only after CRLF is it a delimiter to every reader. */
  enum LineStart {
    /** Nothing of this content. */
    FIRST(0, 0),
    CRLF(0, 2),
    LF(1, 1),
    CR(0, 1);

    private final int from;
    private final int length;

    LineStart(int from, int length) {
      this.from = from;
      this.length = length;
    }
  }

  private static final byte[] LINE_END = {'\r', '\n'};

  private final byte[] text;
  private final int[] shifts = new int[256];

  private LineStart start = LineStart.FIRST;
  private boolean open = true;
  private int matched;

  DelimiterSearch(String boundary) {
    text = ("--" + boundary).getBytes(US_ASCII);
    Arrays.fill(shifts, text.length + 1);
    shifts['\r'] = text.length;
    shifts['\n'] = text.length;
    for (int i = 0; i < text.length - 1; i++) {
      shifts[text[i]] = text.length - 1 - i;
    }
  }

  /** The next byte is the first of some content. */
  void begin() {
    start = LineStart.FIRST;
    open = true;
    matched = 0;
  }

  /**
   * Goes on with the next piece.
   *
   * @return the index after the text if it was found, else {@link #NOT_YET}
   */
  int find(byte[] b, int from, int end, FilePartListener before) {
    int at = from;
    while (at < end) {
      at = open ? compare(b, at, end, before) : search(b, at, end, before);
      if (open && matched == text.length) {
        return at;
      }
    }
    return NOT_YET;
  }

  LineStart start() {
    return start;
  }

  /** How many bytes the text and the line end before it are. */
  int foundBytes() {
    return start.length + text.length;
  }

  /** What was found is no delimiter: it belongs to the content. */
  void pass(FilePartListener before) {
    if (start.length > 0) {
      before.fileBytes(LINE_END, start.from, start.length);
    }
    if (matched > 0) {
      before.fileBytes(text, 0, matched);
    }
    open = false;
  }

  private int compare(byte[] b, int from, int end, FilePartListener before) {
    int at = from;
    if (start == LineStart.CR && matched == 0 && b[at] == '\n') {
      start = LineStart.CRLF;
      at++;
    }
    while (at < end && matched < text.length && b[at] == text[matched]) {
      at++;
      matched++;
    }
    if (at < end && matched < text.length) {
      pass(before);
    }
    return at;
  }

  /** Passes on all but the line end of a line to compare, and returns where that line begins. */
  private int search(byte[] b, int from, int end, FilePartListener before) {
    int lineEnd = lineEnd(b, from, end);
    if (lineEnd < 0) {
      before.fileBytes(b, from, end - from);
      return end;
    }
    boolean feed = b[lineEnd] == '\n';
    boolean both = feed && lineEnd > from && b[lineEnd - 1] == '\r';
    start = both ? LineStart.CRLF : feed ? LineStart.LF : LineStart.CR;
    open = true;
    matched = 0;
    int to = both ? lineEnd - 1 : lineEnd;
    if (to > from) {
      before.fileBytes(b, from, to - from);
    }
    return lineEnd + 1;
  }

  /**
   * The last byte of the first line end that is followed by the text, or by the end of the piece
   * where the text would not fit; or -1.
   */
  private int lineEnd(byte[] b, int from, int end) {
    byte last = text[text.length - 1];
    for (int at = from + text.length; at < end; at += shifts[b[at] & 0xff]) {
      int line = at - text.length;
      if (b[at] == last
          && ByteSearch.isLineEnd(b[line])
          && Arrays.equals(b, line + 1, at + 1, text, 0, text.length)) {
        return line;
      }
    }
    for (int at = end - 1; at >= from && at >= end - text.length; at--) {
      if (ByteSearch.isLineEnd(b[at])) {
        return at;
      }
    }
    return -1;
  }
}
