package com.ecohash.ecolink.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Replica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutlierEjectionTest {
  private static final Replica WEST = TestingInstances.replica(1, "us-west");
  private static final Replica EAST = TestingInstances.replica(2, "us-east");
  private static final Duration TTFB = Duration.ofMillis(100);

  private final ManualTime time = new ManualTime();
  private final Events events = new Events();
  private final HealthBoard board =
      new HealthBoard(RoutingSettings.DEFAULT, time, time::nanos, events);
  private final Router router = new Router(board, new Random(1));
  private final Instance west = TestingInstances.of(WEST);
  private final Instance pair = TestingInstances.of(WEST, EAST);

  @Test
  void ejectsAfterFiveFailuresInARow() {
    fail(west, 4);
    assertThat(status(WEST)).isEqualTo(HealthStatus.UNKNOWN);

    fail(west, 1);

    assertThat(status(WEST)).isEqualTo(HealthStatus.EJECTED);
    assertThat(board.health(WEST.id()).reason())
        .isEqualTo("requests fail there, the last by connect");
    assertThat(board.health(WEST.id()).since()).isEqualTo(ManualTime.START);
    assertThat(events.heard()).containsExactly("1 ejected for 5000 ms: connect");
    assertThat(next(pair).replica()).isEqualTo(EAST);
  }

  @Test
  void aSuccessStartsTheCountAnew() {
    for (int i = 0; i < 10; i++) {
      fail(west, 4);
      next(west).succeeded();
    }

    assertThat(events.heard()).isEmpty();
  }

  @Test
  void neutralEndsNeitherEjectNorStartTheCountAnew() {
    for (int i = 0; i < 100; i++) {
      next(west).neutral();
    }
    assertThat(events.heard()).isEmpty();

    fail(west, 4);
    next(west).neutral();
    fail(west, 1);

    assertThat(status(WEST)).isEqualTo(HealthStatus.EJECTED);
  }

  @Test
  void manyRequestsInFlightWhenAReplicaDiesEjectItOnce() {
    List<Lease> open = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      open.add(next(west));
    }
    open.forEach(lease -> lease.failed(FailureKind.RESET));

    assertThat(events.heard()).containsExactly("1 ejected for 5000 ms: reset");
  }

  @Test
  void anOldStreamThatEndsWellDoesNotLiftAnEjection() {
    Lease old = next(west);
    old.firstByte(TTFB.toNanos());
    fail(west, 5);
    old.succeeded();

    assertThat(status(WEST)).isEqualTo(HealthStatus.EJECTED);
  }

  @Test
  void letsExactlyOneTrialThroughWhenTheTimeIsOver() {
    fail(west, 5);
    time.advance(Duration.ofMillis(4_999));
    assertThat(next(pair).replica()).isEqualTo(EAST);
    time.advance(Duration.ofMillis(1));

    Lease trial = next(pair);

    assertThat(trial.replica()).isEqualTo(WEST);
    assertThat(trial.reason()).isEqualTo(ChoiceReason.TRIAL);
    for (int i = 0; i < 20; i++) {
      assertThat(next(pair).replica()).isEqualTo(EAST);
    }
  }

  @Test
  void theTrialsFirstByteBringsTheReplicaBack() {
    Lease trial = trialAfterFirstEjection();
    trial.firstByte(TTFB.toNanos());

    assertThat(status(WEST)).isEqualTo(HealthStatus.UNKNOWN);
    assertThat(board.health(WEST.id()).timeToFirstByte()).contains(TTFB);
    assertThat(events.heard()).endsWith("1 readmitted");
  }

  @Test
  void aTrialThatSucceedsWithoutABodyBringsTheReplicaBackToo() {
    trialAfterFirstEjection().succeeded();

    assertThat(events.heard()).endsWith("1 readmitted");
  }

  @Test
  void theFirstFailureAfterAReturnEjectsAgainForTwiceAsLong() {
    Lease trial = trialAfterFirstEjection();
    trial.firstByte(TTFB.toNanos());
    trial.failed(FailureKind.CUT_OFF);

    assertThat(events.heard()).endsWith("1 readmitted", "1 ejected for 10000 ms: cut_off");
  }

  @Test
  void aSuccessAfterAReturnEndsTheProbation() {
    trialAfterFirstEjection().succeeded();
    fail(west, 4);

    assertThat(status(WEST)).isEqualTo(HealthStatus.UNKNOWN);
  }

  @Test
  void ejectionsDoubleUpToFiveMinutes() {
    fail(west, 5);
    for (int i = 0; i < 8; i++) {
      time.advance(Duration.ofMinutes(5));
      next(pair).failed(FailureKind.TIMEOUT);
    }

    assertThat(events.heard())
        .extracting(text -> text.replaceAll("\\D+", " ").strip())
        .containsExactly(
            "1 5000",
            "1 10000",
            "1 20000",
            "1 40000",
            "1 80000",
            "1 160000",
            "1 300000",
            "1 300000",
            "1 300000");
    assertThat(board.health(WEST.id()).since()).isEqualTo(ManualTime.START);
  }

  @Test
  void ejectionsAreForgottenAfterFiveGoodMinutes() {
    trialAfterFirstEjection().succeeded();
    time.advance(Duration.ofMinutes(5).plusMillis(1));
    fail(west, 5);

    assertThat(events.heard()).endsWith("1 ejected for 5000 ms: connect");
  }

  @Test
  void anUndecidedTrialLeavesThePlaceToTheNextRequest() {
    trialAfterFirstEjection().neutral();

    assertThat(next(pair).reason()).isEqualTo(ChoiceReason.TRIAL);
  }

  @Test
  void aRetriedTrialIsStillTheTrial() {
    fail(west, 5);
    time.advance(Duration.ofSeconds(5));
    RoutePlan plan = router.plan(pair);
    Lease fresh = plan.repeat(plan.next().orElseThrow());
    assertThat(next(pair).replica()).isEqualTo(EAST);

    fresh.firstByte(TTFB.toNanos());

    assertThat(events.heard()).endsWith("1 readmitted");
  }

  @Test
  void aFailoverTakesATrialOnlyWhereNothingBetterIsLeft() {
    Replica paris = TestingInstances.replica(3, "paris");
    RoutePlan plan = router.plan(TestingInstances.of(WEST, EAST, paris));
    Lease first = plan.next().orElseThrow();
    fail(west, first.replica().equals(WEST) ? 4 : 5);
    first.failed(FailureKind.CONNECT);
    time.advance(Duration.ofSeconds(5));

    Lease second = plan.next().orElseThrow();

    assertThat(second.reason()).isEqualTo(ChoiceReason.FAILOVER);
    assertThat(second.replica()).isNotEqualTo(WEST);
  }

  @Test
  void theLastReplicaIsTriedAfterASecondThenTwoFourAndNeverMoreThanFiveApart() {
    fail(west, 5);
    List<Long> secondsOut = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      long from = time.nanos();
      Lease trial = awaitLease(west);
      assertThat(trial.reason()).isIn(ChoiceReason.LAST_RESORT, ChoiceReason.TRIAL);
      secondsOut.add((time.nanos() - from) / 1_000_000_000L);
      trial.failed(FailureKind.CONNECT);
    }

    assertThat(secondsOut).containsExactly(1L, 2L, 4L, 5L, 5L, 5L, 5L, 5L);
  }

  @Test
  void whereTheLastReplicaIsOutTheClientHearsWhenToComeAgain() {
    fail(west, 5);
    RoutePlan plan = router.plan(west);

    assertThat(plan.next()).isEmpty();
    assertThat(plan.retryAfter()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aTrialThatHangsHoldsUpTheLastReplicaForFiveSecondsOnly() {
    fail(west, 5);
    time.advance(Duration.ofSeconds(1));
    Lease hangs = next(west);
    assertThat(router.plan(west).next()).isEmpty();
    assertThat(router.plan(west).retryAfter()).isEqualTo(Duration.ofSeconds(5));
    time.advance(Duration.ofSeconds(5));

    Lease second = next(west);
    second.firstByte(TTFB.toNanos());
    hangs.neutral();

    assertThat(second.reason()).isEqualTo(ChoiceReason.LAST_RESORT);
    assertThat(events.heard()).endsWith("1 readmitted");
    assertThat(next(west).reason()).isEqualTo(ChoiceReason.ONLY);
  }

  @Test
  void aReplicaThatHealthChecksBringBackIsTriedAtOnce() {
    fail(west, 5);
    for (int i = 0; i < 3; i++) {
      board.probed(WEST.id(), ProbeResult.down("no connection"));
    }
    assertThat(next(pair).replica()).isEqualTo(EAST);
    for (int i = 0; i < 2; i++) {
      board.probed(WEST.id(), ProbeResult.up("HTTP 200"));
    }

    assertThat(next(pair).reason()).isEqualTo(ChoiceReason.TRIAL);
  }

  @Test
  void oneTimeoutTurnsTrafficAwayBeforeTheFifthEjects() {
    answer(WEST);
    answer(EAST);
    Lease hung = next(west);
    time.advance(Duration.ofSeconds(30));
    hung.failed(FailureKind.TIMEOUT);

    for (int i = 0; i < 50; i++) {
      Lease lease = next(pair);
      assertThat(lease.replica()).isEqualTo(EAST);
      lease.succeeded();
    }
  }

  private Lease trialAfterFirstEjection() {
    fail(west, 5);
    time.advance(Duration.ofSeconds(5));
    return next(pair);
  }

  private Lease awaitLease(Instance instance) {
    Optional<Lease> lease = router.plan(instance).next();
    while (lease.isEmpty()) {
      time.advance(Duration.ofMillis(100));
      lease = router.plan(instance).next();
    }
    return lease.get();
  }

  private void answer(Replica replica) {
    Lease lease = next(TestingInstances.of(replica));
    lease.firstByte(TTFB.toNanos());
    lease.succeeded();
  }

  private void fail(Instance instance, int times) {
    for (int i = 0; i < times; i++) {
      next(instance).failed(FailureKind.CONNECT);
    }
  }

  private Lease next(Instance instance) {
    return router.plan(instance).next().orElseThrow();
  }

  private HealthStatus status(Replica replica) {
    return board.health(replica.id()).status();
  }
}
