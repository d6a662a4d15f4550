package com.ecohash.ecolink.ids;

/** The identity of a signed-in browser (never its token). */
public record SessionId(long value) {
  public SessionId {
    if (value <= 0) {
      throw new IllegalArgumentException("an id is positive: " + value);
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
