package com.ecohash.ecolink.ids;

/** The identity of an instance: the number after the colon in {@code my-llama:142}. */
public record InstanceId(long value) {
  public InstanceId {
    if (value <= 0) {
      throw new IllegalArgumentException("an id is positive: " + value);
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
