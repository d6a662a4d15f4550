package com.ecohash.ecolink.openai;

import static com.ecohash.ecolink.openai.ByteSearch.HIGHS;
import static com.ecohash.ecolink.openai.ByteSearch.LONGS;
import static com.ecohash.ecolink.openai.ByteSearch.ONES;
import static com.ecohash.ecolink.openai.ByteSearch.zeros;

import java.nio.charset.StandardCharsets;

/**
 * One quick look over an event's payload, without parsing it: whether it could hold usage or an
 * error, whether it says why generation ended, and how many bytes of generated text it carries.
 *
 * <p>Inside a JSON string a quote has a backslash before it, so that {@code "usage"}, quotes
 * included, cannot be part of what a model said. The look goes over eight bytes at a time and stops
 * only at a quote that has another six bytes on (as {@code "usage"} and {@code "error"} have) or a
 * colon behind it (the end of a member's name).
 */
final class EventGlance {
  private static final int WORD = Long.BYTES;

  /** The furthest that a look from a byte of a word reaches behind the word's first byte. */
  private static final int REACH = 2 * WORD;

  private static final long SEVEN_BYTES = (1L << 56) - 1;
  private static final long USAGE = word("\"usage\"\0");
  private static final long ERROR = word("\"error\"\0");
  private static final long CONTENT = word("content\"");
  private static final long ARGUMENTS = word("guments\"");
  private static final long REASONING = word("asoning\"");
  private static final long REASON = word("_reason\"");
  private static final long TEXT = word("\0\0\"text\"") >>> 16;

  private final TextSample sample;
  private boolean suspicious;
  private boolean finishing;
  private long contentBytes;

  /**
   * @param sample gets the text that is found
   */
  EventGlance(TextSample sample) {
    this.sample = sample;
  }

  /** Whether {@code "usage"} or {@code "error"} occurs with anything but null. */
  boolean suspicious() {
    return suspicious;
  }

  /** Whether there is a {@code finish_reason}, or the like, that is a text. */
  boolean finishing() {
    return finishing;
  }

  /** Bytes of the strings called {@code content}, {@code text}, {@code arguments} and the like. */
  long contentBytes() {
    return contentBytes;
  }

  void look(byte[] b, int from, int to) {
    suspicious = false;
    finishing = false;
    contentBytes = 0;
    int at = from;
    while (at <= to - REACH) {
      long word = (long) LONGS.get(b, at);
      long quotes = zeros(word ^ ('"' * ONES));
      long colonsNext = zeros((long) LONGS.get(b, at + 1) ^ (':' * ONES));
      long quotesSixOn = zeros((long) LONGS.get(b, at + 6) ^ ('"' * ONES));
      long hits = quotes & (colonsNext | quotesSixOn) & HIGHS;
      at = hits == 0 ? at + WORD : stop(b, at, hits, to);
    }
    for (; at < to; at++) {
      if (b[at] == '"') {
        at = Math.max(at, quote(b, at, to) - 1);
      }
    }
  }

  /** Looks at each of a word's marked quotes; returns where to go on. */
  private int stop(byte[] b, int wordAt, long marks, int to) {
    int next = wordAt + WORD;
    for (long hits = marks; hits != 0; hits &= hits - 1) {
      int quoteAt = wordAt + (Long.numberOfTrailingZeros(hits) >>> 3);
      int after = quote(b, quoteAt, to);
      if (after > next) {
        return after;
      }
    }
    return next;
  }

  /** Returns where to go on after a content string, 0 if there was none. */
  private int quote(byte[] b, int at, int to) {
    if (at + WORD <= to && b[at + 6] == '"') {
      long seven = (long) LONGS.get(b, at) & SEVEN_BYTES;
      suspicious |= (seven == USAGE || seven == ERROR) && !isNull(b, at + 7, to);
    }
    boolean endsName = at + 1 < to && b[at + 1] == ':';
    return endsName && at >= WORD ? value(b, (long) LONGS.get(b, at - 7), at + 2, to) : 0;
  }

  private int value(byte[] b, long lastEightOfName, int from, int to) {
    if (isContentName(lastEightOfName)) {
      return content(b, from, to);
    }
    if (lastEightOfName == REASON) {
      int at = skipSpace(b, from, to);
      finishing |= at < to && b[at] == '"';
    }
    return 0;
  }

  private static boolean isContentName(long lastEight) {
    return lastEight == CONTENT
        || lastEight == ARGUMENTS
        || lastEight == REASONING
        || lastEight >>> 16 == TEXT;
  }

  private int content(byte[] b, int from, int to) {
    int start = skipSpace(b, from, to) + 1;
    if (start > to || b[start - 1] != '"') {
      return 0;
    }
    int at = ByteSearch.stringStop(b, start, to);
    while (at < to && b[at] != '"') {
      at = ByteSearch.stringStop(b, Math.min(at + 2, to), to);
    }
    contentBytes += at - start;
    sample.add(b, start, Math.min(at, to));
    return Math.min(at + 1, to);
  }

  private static boolean isNull(byte[] b, int from, int to) {
    int at = skipSpace(b, from, to);
    if (at == to || b[at] != ':') {
      return false;
    }
    at = skipSpace(b, at + 1, to);
    return at + 4 <= to && b[at] == 'n' && b[at + 1] == 'u' && b[at + 2] == 'l' && b[at + 3] == 'l';
  }

  private static int skipSpace(byte[] b, int from, int to) {
    int at = from;
    while (at < to && b[at] == ' ') {
      at++;
    }
    return at;
  }

  private static long word(String eightCharacters) {
    return (long) LONGS.get(eightCharacters.getBytes(StandardCharsets.US_ASCII), 0);
  }
}
