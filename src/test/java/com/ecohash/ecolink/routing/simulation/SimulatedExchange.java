package com.ecohash.ecolink.routing.simulation;

import com.ecohash.ecolink.routing.FailureKind;
import com.ecohash.ecolink.routing.Lease;
import com.ecohash.ecolink.routing.RoutePlan;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * One client request, relayed by the rules for ends that are not clean: the next region as long as
 * nothing was heard of the answer, and nothing after that. A first byte that does not come is a 504
 * and no failover.
 */
final class SimulatedExchange {
  static final Duration FIRST_BYTE_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration WHOLE_TIMEOUT = Duration.ofSeconds(30);

  private final SimulatedWorld world;
  private final RoutePlan plan;
  private final boolean bad;
  private final long arrivedNanos;
  private Optional<Lease> lease = Optional.empty();
  private Optional<Future<?>> timeout = Optional.empty();
  private int attempts;
  private long sentNanos;
  private long firstByteNanos = -1;

  SimulatedExchange(SimulatedWorld world, RoutePlan plan, boolean bad) {
    this.world = world;
    this.plan = plan;
    this.bad = bad;
    this.arrivedNanos = world.nanos();
  }

  /** A request that any container answers with 400. */
  boolean isBad() {
    return bad;
  }

  int attempt() {
    return attempts;
  }

  void send() {
    lease = plan.next();
    if (lease.isEmpty()) {
      finish(Result.NO_REGION);
      return;
    }
    attempts++;
    sentNanos = world.nanos();
    timeout = Optional.of(world.timer(FIRST_BYTE_TIMEOUT, this::timedOut));
    world.sent(lease.get());
    replica().receive(this);
  }

  void connectionRefused() {
    failOver(FailureKind.CONNECT);
  }

  void connectionLost() {
    if (firstByteNanos < 0) {
      failOver(FailureKind.RESET);
      return;
    }
    fail(FailureKind.CUT_OFF);
    finish(Result.BROKEN_OFF);
  }

  void errorAnswer(int status) {
    if (status == 500) {
      fail(FailureKind.BAD_STATUS);
    } else {
      stopTimeout();
      lease.orElseThrow().neutral();
    }
    finish(Result.ERROR_ANSWER);
  }

  void firstByte() {
    stopTimeout();
    firstByteNanos = world.nanos() - arrivedNanos;
    lease.orElseThrow().firstByte(world.nanos() - sentNanos);
    timeout = Optional.of(world.timer(WHOLE_TIMEOUT, this::timedOut));
  }

  void complete() {
    stopTimeout();
    lease.orElseThrow().succeeded();
    finish(Result.ANSWERED);
  }

  private void timedOut() {
    boolean answering = firstByteNanos >= 0;
    fail(FailureKind.TIMEOUT);
    finish(answering ? Result.BROKEN_OFF : Result.TIMED_OUT);
  }

  private void failOver(FailureKind kind) {
    fail(kind);
    send();
  }

  private void fail(FailureKind kind) {
    stopTimeout();
    replica().forget(this);
    lease.orElseThrow().failed(kind);
  }

  private void finish(Result result) {
    lease.ifPresent(last -> replica().forget(this));
    world.ended(
        new Ended(
            arrivedNanos,
            lease.map(last -> last.replica().region().value()),
            result,
            firstByteNanos,
            Math.max(0, attempts - 1)));
  }

  private void stopTimeout() {
    timeout.ifPresent(waiting -> waiting.cancel(false));
  }

  private SimulatedReplica replica() {
    return world.replica(lease.orElseThrow().replica().id());
  }
}
