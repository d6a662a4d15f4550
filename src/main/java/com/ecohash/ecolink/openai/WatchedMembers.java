package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members that a scan looks for and what it has found of them: the first occurrence in full, of
 * the others the number, so that a document cannot make it hold more than its limits.
 */
final class WatchedMembers {
  static final int NONE = -1;

  private static final byte[] NOTHING = {};

  private final JsonMembers.Watch[] watches;
  private final int[] counts;
  private final @Nullable JsonMember[] firsts;

  private int current = NONE;
  private JsonKind kind = JsonKind.NULL;
  private boolean begun;
  private long start;
  private int elements;
  private byte[] captured = NOTHING;

  WatchedMembers(List<JsonMembers.Watch> watches) {
    this.watches = watches.toArray(new JsonMembers.Watch[0]);
    counts = new int[this.watches.length];
    firsts = new JsonMember[this.watches.length];
  }

  /** Which watched member these bytes name, escapes not considered. */
  int indexOf(byte[] b, int from, int to) {
    for (int i = 0; i < watches.length; i++) {
      byte[] name = watches[i].nameBytes();
      if (name.length == to - from && Arrays.equals(name, 0, name.length, b, from, to)) {
        return i;
      }
    }
    return NONE;
  }

  int indexOf(String name) {
    byte[] bytes = name.getBytes(UTF_8);
    return indexOf(bytes, 0, bytes.length);
  }

  /** The index of a name that the caller must have asked to watch. */
  int require(String name) {
    for (int i = 0; i < watches.length; i++) {
      if (watches[i].name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("not watched: " + name);
  }

  /** The name was read; its value is next. */
  void select(int index) {
    current = index;
    captured = NOTHING;
    begun = false;
  }

  boolean isSelected() {
    return current != NONE;
  }

  void begin(byte first, long at) {
    kind = JsonKind.startingWith(first);
    begun = true;
    start = at;
    elements = 0;
  }

  /** A value directly in the watched one, which is an array or an object. */
  void beginElement() {
    elements++;
  }

  /** Keeps what the value's limit still allows. */
  void capture(byte[] b, int from, int to) {
    int room = counts[current] == 0 ? watches[current].captureBytesMax() - captured.length : 0;
    int taken = Math.min(room, to - from);
    if (taken > 0) {
      byte[] longer = Arrays.copyOf(captured, captured.length + taken);
      System.arraycopy(b, from, longer, captured.length, taken);
      captured = longer;
    }
  }

  void end(long at) {
    if (counts[current]++ == 0) {
      firsts[current] =
          new JsonMember(watches[current].name(), kind, start, at, elements, captured);
    }
    current = NONE;
  }

  @Nullable JsonMember first(int index) {
    return firsts[index];
  }

  /** How many values the member's first occurrence has in it so far. */
  int elements(int index) {
    JsonMember ended = firsts[index];
    return ended != null ? ended.elements() : current == index ? elements : 0;
  }

  /** Of the member's first occurrence, whose value may not have ended. */
  @Nullable JsonKind kind(int index) {
    JsonMember ended = firsts[index];
    return ended != null ? ended.kind() : current == index && begun ? kind : null;
  }

  int count(int index) {
    return counts[index];
  }

  void clear() {
    current = NONE;
    Arrays.fill(counts, 0);
    Arrays.fill(firsts, null);
  }
}
