package com.ecohash.ecolink.openai;

/**
 * Counts the bytes of a document's text: what a model reads when nobody says how many tokens it
 * was. A {@code data:} URL is a picture or a sound, not text, and is left out.
 */
final class TextTally {
  private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};

  private long totalBytes;
  private long stringBytes;
  private int matched;
  private boolean couldBeData;

  void begin() {
    stringBytes = 0;
    matched = 0;
    couldBeData = true;
  }

  /** A further part of the string's content. */
  void add(byte[] b, int from, int to) {
    for (int i = from; couldBeData && matched < DATA.length && i < to; i++) {
      couldBeData = b[i] == DATA[matched++];
    }
    stringBytes += to - from;
  }

  void end() {
    totalBytes = bytes();
    stringBytes = 0;
  }

  /** Of all strings so far, the one that has not ended included. */
  long bytes() {
    boolean data = couldBeData && matched == DATA.length;
    return data ? totalBytes : totalBytes + stringBytes;
  }

  void clear() {
    totalBytes = 0;
    stringBytes = 0;
  }
}
