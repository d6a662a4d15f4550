package com.ecohash.ecolink.routing;

import java.time.Instant;

/**
 * A replica's standing with real traffic. Immutable; {@link OutlierEjection} replaces it.
 *
 * <p>{@code ejections} counts all there ever were. A lease remembers the number it was given under,
 * and what it reports is heard only under the same one: twenty requests that were in flight when a
 * replica died eject it once, and do not double the ejection twenty times.
 */
sealed interface Standing {
  long ejections();

  Instant since();

  /**
   * Takes part in the choice.
   *
   * @param failuresInRow of real traffic
   * @param ejectionsInRow before this, with too little time between to be forgotten
   * @param readmittedNanos meaningless while {@code ejectionsInRow} is 0
   */
  record Admitted(
      long ejections, int failuresInRow, int ejectionsInRow, long readmittedNanos, Instant since)
      implements Standing {}

  /**
   * Out, but for a trial.
   *
   * @param trialDueNanos from when one request may try it
   * @param lastResortDueNanos the same, where there is no other replica
   * @param trialRuns whether a trial is in flight
   * @param trialNanos when it was given
   */
  record Ejected(
      long ejections,
      int ejectionsInRow,
      long trialDueNanos,
      long lastResortDueNanos,
      boolean trialRuns,
      long trialNanos,
      FailureKind last,
      Instant since)
      implements Standing {

    Ejected withTrial(boolean runs, long atNanos) {
      return new Ejected(
          ejections, ejectionsInRow, trialDueNanos, lastResortDueNanos, runs, atNanos, last, since);
    }

    Ejected dueAt(long nowNanos) {
      return new Ejected(
          ejections, ejectionsInRow, nowNanos, nowNanos, trialRuns, trialNanos, last, since);
    }
  }
}
