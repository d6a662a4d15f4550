package com.ecohash.ecolink.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Replica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final Replica WEST = TestingInstances.replica(1, "us-west");
  private static final Replica EAST = TestingInstances.replica(2, "us-east");
  private static final Replica PARIS = TestingInstances.replica(3, "paris");
  private static final ProbeResult GOOD = ProbeResult.up("HTTP 200");
  private static final ProbeResult BAD = ProbeResult.down("HTTP 503");

  private final ManualTime time = new ManualTime();
  private final Events events = new Events();
  private final HealthBoard board =
      new HealthBoard(RoutingSettings.DEFAULT, time, time::nanos, events);
  private final Router router = new Router(board, new Random(1));
  private final Instance single = TestingInstances.of(WEST);
  private final Instance pair = TestingInstances.of(WEST, EAST);

  @Test
  void usesTheOnlyReplicaBeforeItsFirstHealthCheck() {
    Lease lease = next(single);

    assertThat(lease.replica()).isEqualTo(WEST);
    assertThat(lease.reason()).isEqualTo(ChoiceReason.ONLY);
  }

  @Test
  void prefersAReplicaKnownToBeUpToAnUnknownOne() {
    board.probed(EAST.id(), GOOD);

    for (int i = 0; i < 20; i++) {
      assertThat(next(pair).replica()).isEqualTo(EAST);
    }
  }

  @Test
  void givesEveryReplicaOnceAndThenNone() {
    RoutePlan plan = router.plan(TestingInstances.of(WEST, EAST, PARIS));
    List<Replica> given = new ArrayList<>();
    List<ChoiceReason> reasons = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Lease lease = plan.next().orElseThrow();
      lease.failed(FailureKind.CONNECT);
      given.add(lease.replica());
      reasons.add(lease.reason());
    }

    assertThat(given).containsExactlyInAnyOrder(WEST, EAST, PARIS);
    assertThat(reasons)
        .containsExactly(ChoiceReason.RANDOM, ChoiceReason.FAILOVER, ChoiceReason.FAILOVER);
    assertThat(plan.next()).isEmpty();
  }

  @Test
  void leavesDrainingReplicasAlone() {
    Instance instance = TestingInstances.of(TestingInstances.draining(1, "us-west"), EAST);

    assertThat(next(instance).replica()).isEqualTo(EAST);
    assertThat(router.plan(TestingInstances.of(TestingInstances.draining(1, "us-west"))).next())
        .isEmpty();
  }

  @Test
  void leavesReplicasAloneThatHealthChecksFoundDown() {
    probe(WEST, BAD, 3);

    for (int i = 0; i < 20; i++) {
      assertThat(next(pair).replica()).isEqualTo(EAST);
    }
  }

  @Test
  void hasNothingAndSaysWhenToComeAgainWhereAllAreDown() {
    probe(WEST, BAD, 3);

    RoutePlan plan = router.plan(single);

    assertThat(plan.next()).isEmpty();
    assertThat(plan.retryAfter()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void choosesTheLowerProductOfInFlightAndTimeToFirstByte() {
    answer(WEST, Duration.ofMillis(100));
    answer(EAST, Duration.ofMillis(250));

    assertThat(next(pair).replica()).isEqualTo(WEST); // 1 × 100 against 1 × 250
    assertThat(next(pair).replica()).isEqualTo(WEST); // 2 × 100
    Lease third = next(pair); // 3 × 100
    assertThat(third.replica()).isEqualTo(EAST);
    assertThat(third.reason()).isEqualTo(ChoiceReason.LOWER_SCORE);
  }

  @Test
  void aReplicaNeverMeasuredGetsItsShareAndNoStampede() {
    answer(WEST, Duration.ofMillis(100));
    List<Lease> open = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      open.add(next(pair));
    }

    assertThat(open).filteredOn(lease -> lease.replica().equals(EAST)).hasSize(20);
  }

  @Test
  void aSlowReplicaGetsWorkAgainOnceItsMeasurementIsOld() {
    answer(WEST, Duration.ofMillis(100));
    answer(EAST, Duration.ofSeconds(2));
    Lease busy = next(pair);
    assertThat(next(pair).replica()).isEqualTo(WEST);

    time.advance(Duration.ofSeconds(40));

    assertThat(busy.replica()).isEqualTo(WEST);
    assertThat(next(pair).replica()).isEqualTo(EAST);
  }

  @Test
  void rareTrafficStaysWithTheFastReplicaButForOneInFiftyRequests() {
    answer(WEST, Duration.ofMillis(100));
    answer(EAST, Duration.ofSeconds(2));
    int remeasured = 0;
    for (int i = 0; i < 1_000; i++) {
      time.advance(Duration.ofMinutes(1));
      Lease lease = next(pair);
      boolean west = lease.replica().equals(WEST);
      remeasured += lease.reason() == ChoiceReason.REMEASURE ? 1 : 0;
      assertThat(west).isEqualTo(lease.reason() == ChoiceReason.LOWER_SCORE);
      lease.firstByte(Duration.ofMillis(west ? 100 : 2_000).toNanos());
      lease.succeeded();
    }

    assertThat(remeasured).isBetween(10, 35);
  }

  @Test
  void onlyTheFirstEndOfALeaseCounts() {
    Lease lease = next(single);
    lease.neutral();
    for (int i = 0; i < 10; i++) {
      lease.failed(FailureKind.RESET);
      lease.succeeded();
    }

    assertThat(health(WEST).inFlight()).isZero();
    assertThat(health(WEST).status()).isEqualTo(HealthStatus.UNKNOWN);
  }

  @Test
  void healthChecksAndReloadsLeaveRequestsInFlightAlone() {
    Lease lease = next(pair);
    probe(lease.replica(), BAD, 3);
    probe(lease.replica(), GOOD, 2);
    board.retain(Set.of(WEST.id(), EAST.id()));

    assertThat(health(lease.replica()).inFlight()).isEqualTo(1);
    lease.succeeded();
    assertThat(health(lease.replica()).inFlight()).isZero();
  }

  @Test
  void aVanishedReplicaIsForgotten() {
    fail(single, 5);
    board.retain(Set.of(EAST.id()));

    assertThat(health(WEST).status()).isEqualTo(HealthStatus.UNKNOWN);
  }

  @Test
  void aRetryHasTheSameReplicaAndIsCountedOnce() {
    RoutePlan plan = router.plan(single);
    Lease stale = plan.next().orElseThrow();
    Lease fresh = plan.repeat(stale);
    stale.failed(FailureKind.RESET);

    assertThat(fresh.replica()).isEqualTo(WEST);
    assertThat(fresh.reason()).isEqualTo(ChoiceReason.RETRY);
    assertThat(health(WEST).inFlight()).isEqualTo(1);
    fresh.succeeded();
    assertThat(health(WEST).inFlight()).isZero();
  }

  @Test
  void retriesTellNothingOfHealthHoweverMany() {
    for (int i = 0; i < 50; i++) {
      RoutePlan plan = router.plan(single);
      plan.repeat(plan.next().orElseThrow()).neutral();
    }

    assertThat(health(WEST).status()).isEqualTo(HealthStatus.UNKNOWN);
    assertThat(events.heard()).isEmpty();
  }

  private Lease next(Instance instance) {
    return router.plan(instance).next().orElseThrow();
  }

  private void fail(Instance instance, int times) {
    for (int i = 0; i < times; i++) {
      next(instance).failed(FailureKind.CONNECT);
    }
  }

  private void answer(Replica replica, Duration firstByte) {
    Lease lease = next(TestingInstances.of(replica));
    lease.firstByte(firstByte.toNanos());
    lease.succeeded();
  }

  private void probe(Replica replica, ProbeResult result, int times) {
    for (int i = 0; i < times; i++) {
      board.probed(replica.id(), result);
    }
  }

  private ReplicaHealth health(Replica replica) {
    return board.health(replica.id());
  }
}
