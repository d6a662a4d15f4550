package com.ecohash.ecolink.routing;

import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.routing.ProbeTally.Verdict;
import com.ecohash.ecolink.routing.Standing.Ejected;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.LongSupplier;

/** All that is known of one replica; lives as long as the board keeps it, across reloads. */
final class ReplicaState {
  /** What a plan may do with a replica now. */
  enum Availability {
    UP,
    UNKNOWN,
    TRIAL_DUE,
    LAST_RESORT_DUE,
    OUT
  }

  private static final AtomicReferenceFieldUpdater<ReplicaState, ProbeTally> PROBES =
      AtomicReferenceFieldUpdater.newUpdater(ReplicaState.class, ProbeTally.class, "probes");

  private final ReplicaId replica;
  private final RoutingSettings settings;
  private final Clock clock;
  private final LongSupplier nanoTicker;
  private final RoutingListener listener;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final FirstByteAverage firstByte;
  private final OutlierEjection ejection;
  private volatile ProbeTally probes;

  ReplicaState(
      ReplicaId replica,
      RoutingSettings settings,
      Clock clock,
      LongSupplier nanoTicker,
      RoutingListener listener) {
    this.replica = replica;
    this.settings = settings;
    this.clock = clock;
    this.nanoTicker = nanoTicker;
    this.listener = listener;
    this.firstByte = new FirstByteAverage(settings.choice().firstByteDecay().toNanos());
    this.ejection = new OutlierEjection(replica, settings.ejection(), clock, listener);
    this.probes = ProbeTally.none(clock.instant());
  }

  long nanos() {
    return nanoTicker.getAsLong();
  }

  AtomicInteger inFlight() {
    return inFlight;
  }

  FirstByteAverage firstByte() {
    return firstByte;
  }

  OutlierEjection ejection() {
    return ejection;
  }

  Availability availability(long nowNanos) {
    Verdict verdict = probes.verdict();
    if (verdict == Verdict.DOWN) {
      return Availability.OUT;
    }
    if (ejection.standing() instanceof Ejected out) {
      if (OutlierEjection.trialDue(out, nowNanos)) {
        return Availability.TRIAL_DUE;
      }
      boolean due = ejection.lastResortDue(out, nowNanos);
      return due ? Availability.LAST_RESORT_DUE : Availability.OUT;
    }
    return verdict == Verdict.UP ? Availability.UP : Availability.UNKNOWN;
  }

  /** When a client that finds this replica out might come again. */
  long retryInNanos(long nowNanos) {
    if (probes.verdict() == Verdict.DOWN) {
      return settings.probes().interval().toNanos();
    }
    return ejection.standing() instanceof Ejected out
        ? ejection.lastResortInNanos(out, nowNanos)
        : 0;
  }

  void probed(ProbeResult result) {
    ProbeTally before;
    ProbeTally after;
    do {
      before = probes;
      after = before.after(result, settings.probes(), clock.instant());
    } while (!PROBES.compareAndSet(this, before, after));
    listener.probed(replica, result);
    if (before.verdict() == after.verdict()) {
      return;
    }
    if (after.verdict() == Verdict.DOWN) {
      listener.wentDown(replica, after.detail());
      return;
    }
    if (before.verdict() == Verdict.DOWN) {
      ejection.trialNow(nanos());
    }
    listener.wentUp(replica);
  }

  boolean isProbed() {
    ProbeTally tally = probes;
    return tally.goodInRow() + tally.failedInRow() > 0;
  }

  ReplicaHealth health() {
    ProbeTally tally = probes;
    Standing standing = ejection.standing();
    if (tally.verdict() == Verdict.DOWN) {
      return health(HealthStatus.UNHEALTHY, "health check fails: " + tally.detail(), tally.since());
    }
    if (standing instanceof Ejected out) {
      String reason = "requests fail there, the last by " + out.last().wireName();
      return health(HealthStatus.EJECTED, reason, out.since());
    }
    Instant since = later(tally.since(), standing.since());
    return tally.verdict() == Verdict.UP
        ? health(HealthStatus.HEALTHY, "health check: " + tally.detail(), since)
        : health(HealthStatus.UNKNOWN, "health check: " + tally.detail(), since);
  }

  private ReplicaHealth health(HealthStatus status, String reason, Instant since) {
    FirstByteAverage.Estimate estimate = firstByte.current();
    Optional<Duration> smoothed =
        estimate.isKnown()
            ? Optional.of(Duration.ofNanos((long) estimate.nanos()))
            : Optional.empty();
    return new ReplicaHealth(status, reason, since, inFlight.get(), smoothed);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
