package com.ecohash.ecolink.access.people;

import java.time.Duration;

/**
 * How long sessions last.
 *
 * @param idleMax without a call
 * @param ageMax however busy it is
 */
public record SessionTimes(Duration idleMax, Duration ageMax) {
  private static final Duration NOTE_EVERY_MAX = Duration.ofMinutes(1);

  /** How exactly it is known when a session was last used. */
  public Duration noteEvery() {
    Duration tenth = idleMax.dividedBy(10);
    return tenth.compareTo(NOTE_EVERY_MAX) < 0 ? tenth : NOTE_EVERY_MAX;
  }
}
