package com.ecohash.ecolink.relay.upstream;

import org.jspecify.annotations.Nullable;

/** Status and header fields of an answer, in the order and spelling in which they came. */
public final class AnswerHead {
  private final int status;
  private final boolean http10;
  private String[] namesAndValues = new String[24];
  private int size;
  private boolean endsWithConnection;

  public AnswerHead(int status, boolean http10) {
    this.status = status;
    this.http10 = http10;
  }

  public void add(String name, String value) {
    if (size == namesAndValues.length) {
      namesAndValues = java.util.Arrays.copyOf(namesAndValues, size * 2);
    }
    namesAndValues[size++] = name;
    namesAndValues[size++] = value;
  }

  public int status() {
    return status;
  }

  /** Whether nothing follows the head, whatever it says of a length (RFC 9112, section 6.3). */
  public boolean isWhole(boolean answersHead) {
    return answersHead || status == 204 || status == 304;
  }

  boolean isHttp10() {
    return http10;
  }

  void endsWithConnection(boolean ends) {
    endsWithConnection = ends;
  }

  /**
   * Whether nothing but the connection's end ends the body, so that a container's death looks the
   * same as a whole answer (RFC 9112, section 8).
   */
  public boolean endsWithConnection() {
    return endsWithConnection;
  }

  public int fieldCount() {
    return size / 2;
  }

  public String name(int index) {
    return namesAndValues[2 * index];
  }

  public String value(int index) {
    return namesAndValues[2 * index + 1];
  }

  /** Whether the body is other bytes than its type says, such as compressed ones. */
  public boolean isEncoded() {
    String encoding = first("content-encoding");
    return encoding != null && !encoding.equalsIgnoreCase("identity");
  }

  /** The values of all fields of this name, with commas between; null if there is none. */
  public @Nullable String joined(String name) {
    String joined = null;
    for (int i = 0; i < size; i += 2) {
      if (namesAndValues[i].equalsIgnoreCase(name)) {
        String value = namesAndValues[i + 1];
        joined = joined == null ? value : joined + "," + value;
      }
    }
    return joined;
  }

  /** The first field of this name, in any case; null if there is none. */
  public @Nullable String first(String name) {
    for (int i = 0; i < size; i += 2) {
      if (namesAndValues[i].equalsIgnoreCase(name)) {
        return namesAndValues[i + 1];
      }
    }
    return null;
  }
}
