package com.ecohash.ecolink.routing;

import java.time.Duration;

/** The numbers of health checks, ejection and choice; every one is checked here, once. */
public record RoutingSettings(Probes probes, Ejection ejection, Choice choice) {

  /**
   * Active health checks.
   *
   * @param interval from the end of one check to the start of the next
   * @param jitter share of the interval by which each one is longer or shorter, 0 to 0.5, so that
   *     many gateways do not check in step
   * @param timeout a check without an answer by then has failed
   * @param downAfter failed checks in a row until a replica is down
   * @param upAfter good checks in a row until a replica that was down is up again
   */
  public record Probes(
      Duration interval, double jitter, Duration timeout, int downAfter, int upAfter) {
    /** Down within about 20 seconds even if every check has to time out, up within 12. */
    public static final Probes DEFAULT =
        new Probes(Duration.ofSeconds(5), 0.2, Duration.ofSeconds(2), 3, 2);

    public Probes {
      positive(interval, "probe interval");
      positive(timeout, "probe timeout");
      require(jitter >= 0 && jitter <= 0.5, "the probe jitter is a share from 0 to 0.5");
      require(downAfter >= 1, "down after at least 1 failed probe");
      require(upAfter >= 1, "up after at least 1 good probe");
    }
  }

  /**
   * Passive ejection, by failures of real traffic in a row. In a row, not as a rate over a window:
   * a private instance often sees one request in a minute, where no window holds enough to tell,
   * and a replica that is gone fails everything, at any traffic.
   *
   * @param failuresInRow real exchanges that must fail, with no success between, until ejection
   * @param first length of the first ejection; each further one is twice as long
   * @param max the longest ejection
   * @param forgottenAfter a replica that stayed in for so long starts again at {@code first}
   * @param lastResortFirst where an instance has no other replica left, the trial is made as soon
   *     as this has passed, twice as much after each trial that fails
   * @param lastResortMax the longest that an instance without any other replica is out
   */
  public record Ejection(
      int failuresInRow,
      Duration first,
      Duration max,
      Duration forgottenAfter,
      Duration lastResortFirst,
      Duration lastResortMax) {
    public static final Ejection DEFAULT =
        new Ejection(
            5,
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5));

    public Ejection {
      require(failuresInRow >= 1, "ejection after at least 1 failure");
      positive(first, "first ejection");
      positive(forgottenAfter, "time until ejections are forgotten");
      positive(lastResortFirst, "first last resort");
      positive(max, "longest ejection");
      positive(lastResortMax, "longest last resort");
      require(max.compareTo(first) >= 0, "the longest ejection is no shorter than the first");
      require(
          lastResortMax.compareTo(lastResortFirst) >= 0,
          "the longest last resort is no shorter than the first");
    }

    long lengthNanos(int ejectionsInRow) {
      return doubled(first, max, ejectionsInRow);
    }

    long lastResortNanos(int ejectionsInRow) {
      return doubled(lastResortFirst, lastResortMax, ejectionsInRow);
    }

    private static long doubled(Duration first, Duration max, int times) {
      long length = first.toNanos();
      long longest = max.toNanos();
      for (int i = 1; i < times && length < longest; i++) {
        length *= 2;
      }
      return Math.min(length, longest);
    }
  }

  /**
   * The choice among replicas that may be used.
   *
   * @param firstByteDecay in this time the weight of an older time to the first byte falls to 1/e
   * @param staleAfter an idle replica not measured for so long is measured again
   * @param remeasureOneIn by one in so many requests that would have gone elsewhere
   */
  public record Choice(Duration firstByteDecay, Duration staleAfter, int remeasureOneIn) {
    public static final Choice DEFAULT =
        new Choice(Duration.ofSeconds(10), Duration.ofSeconds(30), 50);

    public Choice {
      positive(firstByteDecay, "decay of the time to the first byte");
      positive(staleAfter, "time until a measurement is stale");
      require(remeasureOneIn >= 2, "re-measure with 1 in 2 requests at the most");
    }
  }

  public static final RoutingSettings DEFAULT =
      new RoutingSettings(Probes.DEFAULT, Ejection.DEFAULT, Choice.DEFAULT);

  private static void positive(Duration length, String what) {
    require(
        length.compareTo(Duration.ZERO) > 0 && length.compareTo(Duration.ofDays(1)) <= 0,
        "the " + what + " is more than nothing and at most a day: " + length);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
