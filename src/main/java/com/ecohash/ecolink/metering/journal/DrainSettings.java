package com.ecohash.ecolink.metering.journal;

import java.time.Duration;

/**
 * How the journal is drained.
 *
 * @param batchMax records in one transaction
 * @param interval between two looks at the journal; a full batch is followed by the next at once
 * @param backoffFirst pause after the first failure; it doubles with each further one
 * @param backoffMax longest pause
 * @param refusalsBeforeSplit after so many failures of a batch that are not the database being
 *     away, the record that causes them is looked for
 * @param closeMax how long an orderly stop tries to bring the rest to the store
 */
public record DrainSettings(
    int batchMax,
    Duration interval,
    Duration backoffFirst,
    Duration backoffMax,
    int refusalsBeforeSplit,
    Duration closeMax) {
  public static final DrainSettings DEFAULT =
      new DrainSettings(
          500,
          Duration.ofMillis(200),
          Duration.ofMillis(250),
          Duration.ofSeconds(15),
          3,
          Duration.ofSeconds(10));

  public DrainSettings {
    if (batchMax < 1 || refusalsBeforeSplit < 1) {
      throw new IllegalArgumentException("a batch has a record and a refusal counts");
    }
    if (isNotPositive(interval) || isNotPositive(backoffFirst) || closeMax.isNegative()) {
      throw new IllegalArgumentException("the pauses of the drain are longer than nothing");
    }
    if (backoffMax.compareTo(backoffFirst) < 0) {
      throw new IllegalArgumentException("the longest pause is at least the first");
    }
  }

  private static boolean isNotPositive(Duration duration) {
    return duration.isZero() || duration.isNegative();
  }

  /** The pause after this many failures in a row. */
  Duration backoff(int failures) {
    int doublings = Math.min(failures - 1, 20);
    Duration pause = backoffFirst.multipliedBy(1L << doublings);
    return pause.compareTo(backoffMax) < 0 ? pause : backoffMax;
  }
}
