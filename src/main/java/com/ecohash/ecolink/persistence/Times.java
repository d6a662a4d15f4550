package com.ecohash.ecolink.persistence;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Times as both databases keep them: to the microsecond, cut off, where they themselves would
 * round.
 */
final class Times {
  private Times() {}

  static Instant now(Clock clock) {
    return stored(clock.instant());
  }

  static Instant stored(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }
}
