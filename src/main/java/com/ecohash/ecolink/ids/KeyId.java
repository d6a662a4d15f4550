package com.ecohash.ecolink.ids;

/** The identity of an API key (never the key itself). */
public record KeyId(long value) {
  public KeyId {
    if (value <= 0) {
      throw new IllegalArgumentException("an id is positive: " + value);
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
