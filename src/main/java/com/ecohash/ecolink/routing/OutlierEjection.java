package com.ecohash.ecolink.routing;

import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.routing.Standing.Admitted;
import com.ecohash.ecolink.routing.Standing.Ejected;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * Takes one replica out when real traffic fails there, and lets one request at a time find out
 * whether it is back. A trial that gets its first byte brings the replica back, on probation: the
 * next failure ejects it again, a success ends the probation.
 *
 * <p><b>The last replica.</b> Ejection is there to prefer other replicas; where there is none, it
 * would only put our 503 in the place of the container's answer. So an instance with nothing else
 * left gets its trial after {@code lastResortFirst} (1 s), then 2, 4, and never more than {@code
 * lastResortMax} (5 s) apart, however long the ejection is; and there a trial that still waits does
 * not hold up the next one for longer than that either. In between, clients get a 503 at once and
 * do not pile up behind a container that hangs. No share of replicas is exempt from ejection: an
 * exempt one would get all the traffic while it fails all of it.
 */
final class OutlierEjection {
  private static final AtomicReferenceFieldUpdater<OutlierEjection, Standing> STANDING =
      AtomicReferenceFieldUpdater.newUpdater(OutlierEjection.class, Standing.class, "standing");

  private final ReplicaId replica;
  private final RoutingSettings.Ejection settings;
  private final Clock clock;
  private final RoutingListener listener;
  private volatile Standing standing;

  OutlierEjection(
      ReplicaId replica, RoutingSettings.Ejection settings, Clock clock, RoutingListener listener) {
    this.replica = replica;
    this.settings = settings;
    this.clock = clock;
    this.listener = listener;
    this.standing = new Admitted(0, 0, 0, 0, clock.instant());
  }

  Standing standing() {
    return standing;
  }

  static boolean trialDue(Ejected out, long nowNanos) {
    return !out.trialRuns() && out.trialDueNanos() - nowNanos <= 0;
  }

  boolean lastResortDue(Ejected out, long nowNanos) {
    return lastResortInNanos(out, nowNanos) <= 0;
  }

  /** How long until a request could be let through, were there no other replica. */
  long lastResortInNanos(Ejected out, long nowNanos) {
    long sinceLast = out.trialNanos() + settings.lastResortMax().toNanos() - nowNanos;
    return out.trialRuns() ? sinceLast : out.lastResortDueNanos() - nowNanos;
  }

  /** Makes the caller's request the trial; false if it is not due or another was quicker. */
  boolean claimTrial(boolean lastResort, long nowNanos) {
    return standing instanceof Ejected out
        && (lastResort ? lastResortDue(out, nowNanos) : trialDue(out, nowNanos))
        && STANDING.compareAndSet(this, out, out.withTrial(true, nowNanos));
  }

  /** The number for a lease that is no trial; one lost to an ejection just now is not heard. */
  long admittedUnder() {
    Standing now = standing;
    return now instanceof Ejected ? now.ejections() - 1 : now.ejections();
  }

  /** A trial ended without telling anything: the next request is the trial. */
  void trialUndecided(long ejections) {
    Standing now = standing;
    while (now instanceof Ejected out && out.ejections() == ejections) {
      if (STANDING.compareAndSet(this, out, out.withTrial(false, out.trialNanos()))) {
        return;
      }
      now = standing;
    }
  }

  /** True if this answer brought the replica back. */
  boolean answered(long ejections, long nowNanos) {
    Standing now = standing;
    while (now instanceof Ejected out && out.ejections() == ejections) {
      if (STANDING.compareAndSet(this, out, onProbation(out, nowNanos))) {
        listener.readmitted(replica);
        return true;
      }
      now = standing;
    }
    return false;
  }

  void succeeded(long ejections) {
    Standing now = standing;
    while (now instanceof Admitted in && in.ejections() == ejections && in.failuresInRow() > 0) {
      if (STANDING.compareAndSet(this, in, withFailures(in, 0))) {
        return;
      }
      now = standing;
    }
  }

  void failed(long ejections, FailureKind kind, long nowNanos) {
    Standing now = standing;
    while (now.ejections() == ejections) {
      Standing next = afterFailure(now, kind, nowNanos);
      if (STANDING.compareAndSet(this, now, next)) {
        if (next instanceof Ejected out) {
          listener.ejected(
              replica, kind, Duration.ofNanos(settings.lengthNanos(out.ejectionsInRow())));
        }
        return;
      }
      now = standing;
    }
  }

  /** Health checks found the replica up after it was down: the trial need not wait any longer. */
  void trialNow(long nowNanos) {
    Standing now = standing;
    while (now instanceof Ejected out) {
      if (STANDING.compareAndSet(this, out, out.dueAt(nowNanos))) {
        return;
      }
      now = standing;
    }
  }

  private Standing afterFailure(Standing before, FailureKind kind, long nowNanos) {
    if (before instanceof Ejected out) {
      return ejected(out.ejections(), out.ejectionsInRow() + 1, kind, nowNanos, out.since());
    }
    Admitted in = (Admitted) before;
    if (in.failuresInRow() + 1 < settings.failuresInRow()) {
      return withFailures(in, in.failuresInRow() + 1);
    }
    boolean forgotten = nowNanos - in.readmittedNanos() > settings.forgottenAfter().toNanos();
    int inRow = forgotten ? 1 : in.ejectionsInRow() + 1;
    return ejected(in.ejections(), inRow, kind, nowNanos, clock.instant());
  }

  private Ejected ejected(long before, int inRow, FailureKind kind, long nowNanos, Instant since) {
    long trialDue = nowNanos + settings.lengthNanos(inRow);
    long lastResort =
        nowNanos + Math.min(settings.lengthNanos(inRow), settings.lastResortNanos(inRow));
    return new Ejected(before + 1, inRow, trialDue, lastResort, false, nowNanos, kind, since);
  }

  private Admitted onProbation(Ejected out, long nowNanos) {
    int oneMoreEjects = settings.failuresInRow() - 1;
    return new Admitted(
        out.ejections(), oneMoreEjects, out.ejectionsInRow(), nowNanos, clock.instant());
  }

  private static Admitted withFailures(Admitted in, int failuresInRow) {
    return new Admitted(
        in.ejections(), failuresInRow, in.ejectionsInRow(), in.readmittedNanos(), in.since());
  }
}
