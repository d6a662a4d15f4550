package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * The beginning of a document's text, up to a limit, to count tokens of where nobody reports them.
 * What comes after the limit is not kept.
 */
public final class TextSample {
  /** The sample of one that keeps none. */
  public static final TextSample NONE = new TextSample(0);

  private static final byte[] NOTHING = {};
  private static final int FIRST_BYTES = 256;

  /** The longest escape, a {@code \\u} and four digits, may be cut in two by the limit. */
  private static final int ESCAPE_BYTES_MAX = 6;

  private final int bytesMax;
  private byte[] bytes = NOTHING;
  private int size;

  TextSample(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  void add(byte[] b, int from, int to) {
    int taken = Math.min(to - from, bytesMax - size);
    if (taken <= 0) {
      return;
    }
    if (size + taken > bytes.length) {
      int room = Math.max(size + taken, Math.max(FIRST_BYTES, 2 * bytes.length));
      bytes = Arrays.copyOf(bytes, Math.min(room, bytesMax));
    }
    System.arraycopy(b, from, bytes, size, taken);
    size += taken;
  }

  /** Forgets what came after the first so many bytes. */
  void cutTo(int newSize) {
    size = newSize;
  }

  /** Bytes of JSON strings' content that are kept, escapes as written. */
  public int size() {
    return size;
  }

  /** The text, unescaped as far as it is whole. */
  public String text() {
    String raw = new String(bytes, 0, wholeBytes(), UTF_8);
    return raw.indexOf('\\') < 0 ? raw : JsonText.unescape(raw);
  }

  /** Without an escape at the very end that may not be whole. */
  private int wholeBytes() {
    for (int at = size - 1; at >= Math.max(0, size - ESCAPE_BYTES_MAX); at--) {
      if (bytes[at] == '\\') {
        return escapesBefore(at) % 2 == 0 ? at : at - 1;
      }
    }
    return size;
  }

  private int escapesBefore(int end) {
    int count = 0;
    while (count < end && bytes[end - 1 - count] == '\\') {
      count++;
    }
    return count;
  }
}
