package com.ecohash.ecolink.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times as they are read off the wire: RFC 3339, and within what every database can keep. */
public final class WireTime {
  public static final Instant FIRST = Instant.EPOCH;
  public static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private WireTime() {}

  /**
   * @throws IllegalArgumentException that says how a time is written
   */
  public static Instant parse(String text) {
    try {
      return inRange(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "a time is written as RFC 3339 has it, such as 2026-11-23T12:00:00Z", e);
    }
  }

  /**
   * The same time.
   *
   * @throws IllegalArgumentException if it lies outside
   */
  public static Instant inRange(Instant time) {
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw new IllegalArgumentException("a time lies in the years 1970 to 9999");
    }
    return time;
  }
}
