package com.ecohash.ecolink.ids;

/** The identity of an account: the owner of users, keys, instances and one balance. */
public record AccountId(long value) {
  public AccountId {
    if (value <= 0) {
      throw new IllegalArgumentException("an id is positive: " + value);
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
