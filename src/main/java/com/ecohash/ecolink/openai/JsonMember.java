package com.ecohash.ecolink.openai;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One watched member as it stood in a document: what its value is, where the value's bytes are, and
 * the first of them. It never holds more than the watch allowed.
 */
public final class JsonMember {
  private final String name;
  private final JsonKind kind;
  private final long start;
  private final long end;
  private final int elements;
  private final byte[] captured;

  JsonMember(String name, JsonKind kind, long start, long end, int elements, byte[] captured) {
    this.name = name;
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.elements = elements;
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

  /** How many values an array, or members an object, has directly in it. */
  public int elements() {
    return elements;
  }

  /** The value's bytes, cut at the watch's limit. */
  public byte[] captured() {
    return captured.clone();
  }

  /** Whether {@link #captured} is all of the value. */
  public boolean isWhole() {
    return captured.length == end - start;
  }

  /** The text of a string, or a number as it was written; empty for all else, and if cut. */
  Optional<String> scalar() {
    if (!isWhole()) {
      return Optional.empty();
    }
    return switch (kind) {
      case STRING -> JsonText.unquote(captured, 1, captured.length - 1);
      case NUMBER -> Optional.of(new String(captured, StandardCharsets.US_ASCII));
      case OBJECT, ARRAY, TRUE, FALSE, NULL -> Optional.empty();
    };
  }

  byte[] bytes() {
    return captured;
  }

  @Override
  public String toString() {
    return name + ":" + kind + "[" + start + "," + end + ") " + Arrays.toString(captured);
  }
}
