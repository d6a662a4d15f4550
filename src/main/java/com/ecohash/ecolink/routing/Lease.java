package com.ecohash.ecolink.routing;

import com.ecohash.ecolink.instances.Replica;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One attempt's place at a replica: it counts as in flight from here until its one end, which also
 * says what the attempt tells of the replica's health. Only the first end counts; whoever comes
 * later, on whatever thread, changes nothing. Holds no connection.
 */
public final class Lease {
  private static final int WAITING = 0;
  private static final int ANSWERING = 1;
  private static final int ENDED = 2;

  private final Replica replica;
  private final ReplicaState state;
  private final ChoiceReason reason;
  private final long ejections;
  private final long startedNanos;
  private final AtomicInteger phase = new AtomicInteger(WAITING);

  private Lease(Replica replica, ReplicaState state, ChoiceReason reason, long ejections) {
    this.replica = replica;
    this.state = state;
    this.reason = reason;
    this.ejections = ejections;
    this.startedNanos = state.nanos();
    state.inFlight().incrementAndGet();
  }

  static Lease ordinary(Replica replica, ReplicaState state, ChoiceReason reason) {
    return new Lease(replica, state, reason, state.ejection().admittedUnder());
  }

  /** The caller has claimed the trial. */
  static Lease trial(Replica replica, ReplicaState state, ChoiceReason reason) {
    return new Lease(replica, state, reason, state.ejection().standing().ejections());
  }

  /** A trial stays one: its place is handed over, not given up in between. */
  Lease repeated() {
    end();
    return new Lease(replica, state, ChoiceReason.RETRY, ejections);
  }

  public Replica replica() {
    return replica;
  }

  public ChoiceReason reason() {
    return reason;
  }

  /**
   * The answer began, with a status below 400. Other statuses are not reported here: a replica that
   * refuses everything in a millisecond is not a fast one. Only the first call counts, and none
   * after the end.
   *
   * @param nanosSinceSend since the request began to be sent, on the connection that answered
   */
  public void firstByte(long nanosSinceSend) {
    if (!phase.compareAndSet(WAITING, ANSWERING)) {
      return;
    }
    long now = state.nanos();
    if (state.ejection().answered(ejections, now)) {
      state.firstByte().restart(nanosSinceSend, now);
    } else {
      state.firstByte().observe(nanosSinceSend, now);
    }
  }

  /** The answer was complete, and its status below 400. */
  public void succeeded() {
    int before = end();
    if (before == WAITING) {
      state.ejection().answered(ejections, state.nanos());
    }
    if (before != ENDED) {
      state.ejection().succeeded(ejections);
    }
  }

  /** The replica failed. */
  public void failed(FailureKind kind) {
    int before = end();
    if (before == ENDED) {
      return;
    }
    long now = state.nanos();
    if (before == WAITING && kind == FailureKind.TIMEOUT) {
      state.firstByte().observe(now - startedNanos, now); // it is at least that slow
    }
    state.ejection().failed(ejections, kind, now);
  }

  /** Nothing was learned of the replica: a 4xx, the client gone, a reused connection dead. */
  public void neutral() {
    if (end() != ENDED) {
      state.ejection().trialUndecided(ejections);
    }
  }

  private int end() {
    int before = phase.getAndSet(ENDED);
    if (before != ENDED) {
      state.inFlight().decrementAndGet();
    }
    return before;
  }
}
