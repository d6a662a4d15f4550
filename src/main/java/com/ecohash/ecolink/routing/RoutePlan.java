package com.ecohash.ecolink.routing;

import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.routing.ReplicaState.Availability;
import java.time.Duration;
import java.util.Optional;

/**
 * One exchange's way through the replicas of its instance: each at most once, the best first. Never
 * decides whether a failover is allowed; that is the caller's to know. Used by one thread at a
 * time.
 */
public final class RoutePlan {
  /** A replica that does not drain, and what is known of it. */
  static final class Candidate {
    private final Replica replica;
    private final ReplicaState state;
    private boolean tried;
    private Availability availability = Availability.OUT;

    Candidate(Replica replica, ReplicaState state) {
      this.replica = replica;
      this.state = state;
    }
  }

  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  private final Router router;
  private final Candidate[] candidates;
  private final int count;
  private boolean started;

  RoutePlan(Router router, Candidate[] candidates, int count) {
    this.router = router;
    this.candidates = candidates;
    this.count = count;
  }

  /**
   * A lease on the best replica that this plan has not tried; empty if none is left. The first of a
   * plan goes to an ejected replica whose trial is due, if there is one; a failover does so only
   * where nothing better is left. Every lease must be ended.
   */
  public Optional<Lease> next() {
    long now = router.board().nanos();
    boolean failover = started;
    started = true;
    look(now);
    Optional<Lease> lease = Optional.empty();
    if (!failover) {
      lease = trial(Availability.TRIAL_DUE, now);
    }
    if (lease.isEmpty()) {
      lease = best(Availability.UP, failover, now);
    }
    if (lease.isEmpty()) {
      lease = best(Availability.UNKNOWN, failover, now);
    }
    if (lease.isEmpty()) {
      lease = trial(Availability.TRIAL_DUE, now);
    }
    return lease.isPresent() ? lease : trial(Availability.LAST_RESORT_DUE, now);
  }

  /**
   * The same replica again, for a request whose reused connection died before any byte of an
   * answer. The given lease ends, if it has not, without a word on the replica's health; the new
   * one stands in its place, as the trial too if that is what it was.
   */
  public Lease repeat(Lease lease) {
    return lease.repeated();
  }

  /**
   * For the {@code Retry-After} of a 503 when {@link #next()} has nothing: when the first replica
   * might take a request again, in whole seconds, at least one.
   */
  public Duration retryAfter() {
    long now = router.board().nanos();
    long soonest = router.board().settings().probes().interval().toNanos();
    for (int i = 0; i < count; i++) {
      soonest = Math.min(soonest, candidates[i].state.retryInNanos(now));
    }
    long seconds = (Math.max(soonest, 1) + SECOND_NANOS - 1) / SECOND_NANOS;
    return Duration.ofSeconds(seconds);
  }

  /** One look per replica, so that counting and picking see the same. */
  private void look(long now) {
    for (int i = 0; i < count; i++) {
      Candidate candidate = candidates[i];
      candidate.availability =
          candidate.tried ? Availability.OUT : candidate.state.availability(now);
    }
  }

  private Optional<Lease> best(Availability wanted, boolean failover, long now) {
    int among = 0;
    for (int i = 0; i < count; i++) {
      if (candidates[i].availability == wanted) {
        among++;
      }
    }
    if (among == 0) {
      return Optional.empty();
    }
    if (among == 1) {
      return Optional.of(
          lease(nth(wanted, 0), failover ? ChoiceReason.FAILOVER : ChoiceReason.ONLY));
    }
    int one = router.random().nextInt(among);
    int two = router.random().nextInt(among - 1);
    return Optional.of(
        better(nth(wanted, one), nth(wanted, two < one ? two : two + 1), failover, now));
  }

  private Lease better(Candidate one, Candidate two, boolean failover, long now) {
    TwoChoices.Better better = router.choices().of(one.state, two.state, now);
    return lease(better.first() ? one : two, failover ? ChoiceReason.FAILOVER : better.reason());
  }

  private Candidate nth(Availability wanted, int n) {
    int left = n;
    for (int i = 0; i < count; i++) {
      if (candidates[i].availability == wanted && left-- == 0) {
        return candidates[i];
      }
    }
    throw new IllegalStateException("fewer than " + n + " " + wanted);
  }

  private Optional<Lease> trial(Availability wanted, long now) {
    boolean lastResort = wanted == Availability.LAST_RESORT_DUE;
    for (int i = 0; i < count; i++) {
      Candidate candidate = candidates[i];
      if (candidate.availability == wanted
          && candidate.state.ejection().claimTrial(lastResort, now)) {
        candidate.tried = true;
        ChoiceReason reason = lastResort ? ChoiceReason.LAST_RESORT : ChoiceReason.TRIAL;
        return Optional.of(Lease.trial(candidate.replica, candidate.state, reason));
      }
    }
    return Optional.empty();
  }

  private static Lease lease(Candidate candidate, ChoiceReason reason) {
    candidate.tried = true;
    return Lease.ordinary(candidate.replica, candidate.state, reason);
  }
}
