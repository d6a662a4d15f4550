package com.ecohash.ecolink.ids;

/** The identity of a replica: one instance in one region. */
public record ReplicaId(long value) {
  public ReplicaId {
    if (value <= 0) {
      throw new IllegalArgumentException("an id is positive: " + value);
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
