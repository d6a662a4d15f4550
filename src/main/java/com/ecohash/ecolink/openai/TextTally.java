package com.ecohash.ecolink.openai;

/**
 * Counts the bytes of a document's text: what a model reads when nobody says how many tokens it
 * was. A {@code data:} URL is a picture or a sound, not text, and is left out; so is a long string
 * of nothing but base64, as {@code input_audio.data} has it.
 */
final class TextTally {
  private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};

  /** A shorter one may be a word, a name or a key, and weighs little. */
  private static final int BASE64_BYTES_MIN = 4096;

  private static final boolean[] BASE64 = base64();

  private final TextSample sample;
  private long totalBytes;
  private long stringBytes;
  private int matched;
  private boolean couldBeData;
  private boolean couldBeBase64;
  private int sampledBefore;

  TextTally(TextSample sample) {
    this.sample = sample;
  }

  void begin() {
    sampledBefore = sample.size();
    stringBytes = 0;
    matched = 0;
    couldBeData = true;
    couldBeBase64 = true;
  }

  /** A further part of the string's content. */
  void add(byte[] b, int from, int to) {
    for (int i = from; couldBeData && matched < DATA.length && i < to; i++) {
      couldBeData = b[i] == DATA[matched++];
    }
    for (int i = from; couldBeBase64 && i < to; i++) {
      couldBeBase64 = b[i] >= 0 && BASE64[b[i]];
    }
    stringBytes += to - from;
    sample.add(b, from, to);
  }

  void end() {
    if (isNoText()) {
      sample.cutTo(sampledBefore);
    }
    totalBytes = bytes();
    stringBytes = 0;
  }

  /** The string is broken: it does not count, however much of it has come in pieces before. */
  void drop() {
    sample.cutTo(sampledBefore);
    stringBytes = 0;
  }

  /** Of all strings so far, the one that has not ended included. */
  long bytes() {
    return isNoText() ? totalBytes : totalBytes + stringBytes;
  }

  private boolean isNoText() {
    return (couldBeData && matched == DATA.length)
        || (couldBeBase64 && stringBytes > BASE64_BYTES_MIN);
  }

  void clear() {
    sample.cutTo(0);
    totalBytes = 0;
    stringBytes = 0;
  }

  /** Both alphabets of RFC 4648, the padding, and the backslash of an escaped slash. */
  private static boolean[] base64() {
    boolean[] base64 = new boolean[128];
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=\\"
        .chars()
        .forEach(c -> base64[c] = true);
    return base64;
  }
}
