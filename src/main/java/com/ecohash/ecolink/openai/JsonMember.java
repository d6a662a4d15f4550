package com.ecohash.ecolink.openai;

import java.util.Arrays;

/**
 * One watched member as it stood in a document: what its value is, where the value's bytes are, and
 * the first of them. It never holds more than the watch allowed.
 */
public final class JsonMember {
  private final String name;
  private final JsonKind kind;
  private final long start;
  private final long end;
  private final byte[] captured;

  JsonMember(String name, JsonKind kind, long start, long end, byte[] captured) {
    this.name = name;
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.captured = captured;
  }

  public String name() {
    return name;
  }

  public JsonKind kind() {
    return kind;
  }

  /**
   * Where the value begins, in bytes from the document's first (quotes and brackets belong to it).
   */
  public long start() {
    return start;
  }

  /** Where the value has ended: the first byte after it. */
  public long end() {
    return end;
  }

  /** The value's bytes, cut at the watch's limit. */
  public byte[] captured() {
    return captured.clone();
  }

  /** Whether {@link #captured} is all of the value. */
  public boolean isWhole() {
    return captured.length == end - start;
  }

  byte[] bytes() {
    return captured;
  }

  @Override
  public String toString() {
    return name + ":" + kind + "[" + start + "," + end + ") " + Arrays.toString(captured);
  }
}
