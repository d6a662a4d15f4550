package com.ecohash.ecolink.routing;

import com.ecohash.ecolink.routing.FirstByteAverage.Estimate;
import java.util.random.RandomGenerator;

/**
 * The better of two replicas: the lower (requests in flight + 1) × time to the first byte.
 *
 * <p>What was never measured counts as fast as the other one, and what was not measured for a while
 * drifts there. So a replica that is new, or was slow once, gets work as soon as the other has more
 * in flight, and gives it up as soon as it has as much: it neither starves nor draws a stampede.
 * Drifting to the other's time and not to zero matters where requests are rare: to zero, two
 * requests a minute would visit the fast and the slow replica in turn.
 */
final class TwoChoices {
  /** Never drifts all the way: of two that are idle for hours, the faster one stays first. */
  private static final double WEIGHT_MIN = 0.001;

  private final RoutingSettings.Choice settings;
  private final RandomGenerator random;

  TwoChoices(RoutingSettings.Choice settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  record Better(boolean first, ChoiceReason reason) {}

  Better of(ReplicaState one, ReplicaState two, long nowNanos) {
    Estimate oneTime = one.firstByte().current();
    Estimate twoTime = two.firstByte().current();
    double oneScore = one.inFlight().get() + 1;
    double twoScore = two.inFlight().get() + 1;
    if (oneTime.isKnown() && twoTime.isKnown()) {
      double fast = Math.min(oneTime.nanos(), twoTime.nanos());
      oneScore *= drifted(one, oneTime, fast, nowNanos);
      twoScore *= drifted(two, twoTime, fast, nowNanos);
    }
    if (oneScore == twoScore) {
      return new Better(random.nextBoolean(), ChoiceReason.RANDOM);
    }
    boolean first = oneScore < twoScore;
    boolean remeasure = first ? stale(two, twoTime, nowNanos) : stale(one, oneTime, nowNanos);
    return remeasure
        ? new Better(!first, ChoiceReason.REMEASURE)
        : new Better(first, ChoiceReason.LOWER_SCORE);
  }

  private static double drifted(ReplicaState of, Estimate time, double fast, long nowNanos) {
    double slower = time.nanos() - fast;
    return slower == 0
        ? fast
        : fast + slower * Math.max(WEIGHT_MIN, of.firstByte().weight(time, nowNanos));
  }

  /** Idle ones only: one request at a time is enough to measure. */
  private boolean stale(ReplicaState loser, Estimate time, long nowNanos) {
    return loser.inFlight().get() == 0
        && time.isKnown()
        && nowNanos - time.atNanos() > settings.staleAfter().toNanos()
        && random.nextInt(settings.remeasureOneIn()) == 0;
  }
}
