package com.ecohash.ecolink.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.InstanceState;
import com.ecohash.ecolink.instances.Replica;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProberTest {
  private static final Replica WEST = TestingInstances.replica(1, "us-west");
  private static final Replica EAST = TestingInstances.replica(2, "us-east");
  private static final ProbeResult GOOD = ProbeResult.up("HTTP 200");
  private static final ProbeResult BAD = ProbeResult.down("HTTP 503");

  private final ManualTime time = new ManualTime();
  private final ManualScheduler scheduler = new ManualScheduler(time);
  private final Events events = new Events();
  private final HealthBoard board =
      new HealthBoard(RoutingSettings.DEFAULT, time, time::nanos, events);
  private final List<Long> checkedAtMillis = new ArrayList<>();
  private final List<URI> endpoints = new ArrayList<>();
  private Collection<Instance> instances = List.of(TestingInstances.of(WEST));
  private CompletionStage<ProbeResult> answer = CompletableFuture.completedFuture(GOOD);
  private final Prober prober =
      new Prober(board, this::check, scheduler, new Random(1), () -> instances);

  @AfterEach
  void nothingIsLeftBehind() {
    prober.close();
    scheduler.runFor(Duration.ofMinutes(1));
    assertThat(scheduler.waiting()).isZero();
  }

  @Test
  void oneGoodCheckMakesAFreshReplicaHealthyWithinASecond() {
    assertThat(status(WEST)).isEqualTo(HealthStatus.UNKNOWN);
    prober.start();
    scheduler.runFor(Duration.ofMillis(600));

    assertThat(status(WEST)).isEqualTo(HealthStatus.HEALTHY);
    assertThat(board.health(WEST.id()).reason()).isEqualTo("health check: HTTP 200");
    assertThat(events.heard()).containsExactly("1 up");
  }

  @Test
  void checksEveryFiveSecondsGiveOrTakeAFifth() {
    prober.start();
    scheduler.runFor(Duration.ofMinutes(10));

    for (int i = 1; i < checkedAtMillis.size(); i++) {
      assertThat(checkedAtMillis.get(i) - checkedAtMillis.get(i - 1)).isBetween(3_999L, 6_001L);
    }
    assertThat(checkedAtMillis.size()).isBetween(110, 130);
    assertThat(checkedAtMillis.stream().mapToLong(at -> at % 1_000).distinct().count())
        .isGreaterThan(50);
  }

  @Test
  void threeFailedChecksTakeAReplicaDownAndTwoGoodOnesBringItBack() {
    prober.start();
    scheduler.runFor(Duration.ofSeconds(1));
    answer = CompletableFuture.completedFuture(BAD);
    runChecks(2);
    assertThat(status(WEST)).isEqualTo(HealthStatus.HEALTHY);
    runChecks(1);
    assertThat(status(WEST)).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(board.health(WEST.id()).since())
        .isBetween(time.instant().minusMillis(100), time.instant());

    answer = CompletableFuture.completedFuture(GOOD);
    runChecks(1);
    assertThat(status(WEST)).isEqualTo(HealthStatus.UNHEALTHY);
    runChecks(1);

    assertThat(status(WEST)).isEqualTo(HealthStatus.HEALTHY);
    assertThat(events.heard()).containsExactly("1 up", "1 down: HTTP 503", "1 up");
  }

  @Test
  void aCheckWithoutAnAnswerFailsAfterTwoSecondsAndIsCancelled() {
    CompletableFuture<ProbeResult> never = new CompletableFuture<>();
    answer = never;
    prober.start();
    scheduler.runFor(Duration.ofMillis(2_600));

    assertThat(never).isCancelled();
    assertThat(board.health(WEST.id()).reason()).isEqualTo("health check: no answer in 2000 ms");
    scheduler.runFor(Duration.ofSeconds(20));
    assertThat(status(WEST)).isEqualTo(HealthStatus.UNHEALTHY);
  }

  @Test
  void aCheckThatThrowsHasFailedAndTheNextOneFollows() {
    Prober throwing =
        new Prober(
            board,
            (instance, replica) -> {
              throw new IllegalStateException("a defect in the probe");
            },
            scheduler,
            new Random(1),
            () -> instances);
    throwing.start();
    scheduler.runFor(Duration.ofSeconds(20));
    throwing.close();

    assertThat(events.heard()).containsExactly("1 down: the check failed");
  }

  @Test
  void newReplicasAreCheckedAndVanishedOnesForgotten() {
    prober.start();
    scheduler.runFor(Duration.ofSeconds(1));
    instances = List.of(TestingInstances.of(EAST));
    scheduler.runFor(Duration.ofSeconds(2));

    assertThat(status(EAST)).isEqualTo(HealthStatus.HEALTHY);
    assertThat(status(WEST)).isEqualTo(HealthStatus.UNKNOWN);
    int before = checkedAtMillis.size();
    scheduler.runFor(Duration.ofMinutes(1));
    assertThat(checkedAtMillis.size() - before).isLessThan(16); // one replica's, not two
  }

  @Test
  void aReplicaThatMovedIsCheckedWhereItIsNow() {
    prober.start();
    scheduler.runFor(Duration.ofSeconds(1));
    URI moved = URI.create("http://127.0.0.1:10");
    instances = List.of(TestingInstances.of(TestingInstances.replica(1, "us-west", moved, false)));
    scheduler.runFor(Duration.ofSeconds(8));

    assertThat(endpoints).endsWith(moved);
    assertThat(events.heard()).containsExactly("1 up");
  }

  @Test
  void startingInstancesAreCheckedAndStoppingOnesAreNot() {
    instances = List.of(inState(InstanceState.STOPPING));
    prober.start();
    scheduler.runFor(Duration.ofSeconds(10));
    assertThat(checkedAtMillis).isEmpty();

    instances = List.of(inState(InstanceState.STARTING));
    prober.follow();
    scheduler.runFor(Duration.ofSeconds(1));
    assertThat(checkedAtMillis).isNotEmpty();
  }

  private static Instance inState(InstanceState state) {
    return TestingInstances.of(state, Optional.of("/health"), Optional.empty(), WEST);
  }

  private CompletionStage<ProbeResult> check(Instance instance, Replica replica) {
    checkedAtMillis.add(time.nanos() / 1_000_000);
    endpoints.add(replica.endpoint());
    return answer;
  }

  private void runChecks(int count) {
    int until = checkedAtMillis.size() + count;
    while (checkedAtMillis.size() < until) {
      scheduler.runFor(Duration.ofMillis(100));
    }
  }

  private HealthStatus status(Replica replica) {
    return board.health(replica.id()).status();
  }
}
