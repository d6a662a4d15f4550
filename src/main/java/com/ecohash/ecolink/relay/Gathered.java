package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.openai.AnswerTap;
import java.util.Arrays;

/**
 * What a tap let through of one read, as a copy: the servlet container may keep an array that it
 * could not write at once, and the loop's own is about to be overwritten.
 */
final class Gathered implements AnswerTap.Sink {
  private static final byte[] NOTHING = {};

  private byte[] bytes = NOTHING;

  @Override
  public void accept(byte[] piece, int offset, int length) {
    if (length == 0) {
      return;
    }
    if (bytes.length == 0) {
      bytes = Arrays.copyOfRange(piece, offset, offset + length);
    } else {
      int before = bytes.length;
      bytes = Arrays.copyOf(bytes, before + length);
      System.arraycopy(piece, offset, bytes, before, length);
    }
  }

  boolean isEmpty() {
    return bytes.length == 0;
  }

  int size() {
    return bytes.length;
  }

  byte[] take() {
    byte[] taken = bytes;
    bytes = NOTHING;
    return taken;
  }
}
