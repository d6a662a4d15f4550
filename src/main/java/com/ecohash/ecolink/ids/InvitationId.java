package com.ecohash.ecolink.ids;

/** The identity of an invitation (never its token). */
public record InvitationId(long value) {
  public InvitationId {
    if (value <= 0) {
      throw new IllegalArgumentException("an id is positive: " + value);
    }
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
