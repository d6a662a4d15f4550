package com.ecohash.ecolink.openai;

import java.util.Arrays;

/** The open objects and arrays of a document, one bit each: no recursion, no deep stack. */
final class Nesting {
  private final int depthMax;
  private long[] objects = new long[1];
  private int depth;

  Nesting(int depthMax) {
    if (depthMax < 1) {
      throw new IllegalArgumentException("a nesting limit is positive: " + depthMax);
    }
    this.depthMax = depthMax;
  }

  /** Opens one more; false if that would be too deep. */
  boolean open(boolean object) {
    if (depth == depthMax) {
      return false;
    }
    int word = depth >>> 6;
    if (word == objects.length) {
      objects = Arrays.copyOf(objects, 2 * word);
    }
    long bit = 1L << depth;
    objects[word] = object ? objects[word] | bit : objects[word] & ~bit;
    depth++;
    return true;
  }

  void close() {
    depth--;
  }

  boolean inObject() {
    int top = depth - 1;
    return (objects[top >>> 6] & (1L << top)) != 0;
  }

  int depth() {
    return depth;
  }

  int depthMax() {
    return depthMax;
  }

  void clear() {
    depth = 0;
  }
}
