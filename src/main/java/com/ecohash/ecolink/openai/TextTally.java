package com.ecohash.ecolink.openai;

/**
 * Counts the bytes of a document's text: what a model reads when nobody says how many tokens it
 * was. A {@code data:} URL is a picture or a sound, not text, and is left out.
 */
final class TextTally {
  private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};

  private final TextSample sample;
  private long totalBytes;
  private long stringBytes;
  private int matched;
  private boolean couldBeData;
  private int sampledBefore;

  TextTally(TextSample sample) {
    this.sample = sample;
  }

  void begin() {
    sampledBefore = sample.size();
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
    sample.add(b, from, to);
  }

  void end() {
    if (isData()) {
      sample.cutTo(sampledBefore);
    }
    totalBytes = bytes();
    stringBytes = 0;
  }

  /** Of all strings so far, the one that has not ended included. */
  long bytes() {
    return isData() ? totalBytes : totalBytes + stringBytes;
  }

  private boolean isData() {
    return couldBeData && matched == DATA.length;
  }

  void clear() {
    sample.cutTo(0);
    totalBytes = 0;
    stringBytes = 0;
  }
}
