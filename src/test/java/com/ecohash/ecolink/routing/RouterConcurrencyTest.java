package com.ecohash.ecolink.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Replica;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RouterConcurrencyTest {
  private static final int THREADS = 8;
  private static final Replica WEST = TestingInstances.replica(1, "us-west");
  private static final Replica EAST = TestingInstances.replica(2, "us-east");

  private final ManualTime time = new ManualTime();
  private final Events events = new Events();
  private final HealthBoard board =
      new HealthBoard(RoutingSettings.DEFAULT, time, time::nanos, events);
  private final Router router = new Router(board, () -> ThreadLocalRandom.current().nextLong());
  private final Instance pair = TestingInstances.of(WEST, EAST);
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final CyclicBarrier together = new CyclicBarrier(THREADS);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void noLeaseIsLostOrEndedTwiceWhateverManyThreadsDo() throws Exception {
    inAllThreads(
        () -> {
          together.await();
          for (int i = 0; i < 20_000; i++) {
            exchange(router.plan(pair));
            time.advance(Duration.ofMillis(1));
          }
          return true;
        });

    assertThat(board.health(WEST.id()).inFlight()).isZero();
    assertThat(board.health(EAST.id()).inFlight()).isZero();
    assertThat(events.heard()).isNotEmpty();
  }

  @RepeatedTest(50)
  void exactlyOneOfManyThreadsGetsTheTrial() throws Exception {
    for (int i = 0; i < 5; i++) {
      router.plan(TestingInstances.of(WEST)).next().orElseThrow().failed(FailureKind.CONNECT);
    }
    time.advance(Duration.ofSeconds(5));

    List<ChoiceReason> reasons =
        inAllThreads(
            () -> {
              together.await();
              return router.plan(pair).next().orElseThrow().reason();
            });

    assertThat(reasons).filteredOn(reason -> reason == ChoiceReason.TRIAL).hasSize(1);
  }

  private static void exchange(RoutePlan plan) {
    Optional<Lease> lease = plan.next();
    while (lease.isPresent()) {
      Lease open = lease.get();
      switch (ThreadLocalRandom.current().nextInt(6)) {
        case 0 -> open.failed(FailureKind.CONNECT);
        case 1 -> open.neutral();
        case 2 -> plan.repeat(open).succeeded();
        case 3 -> open.failed(FailureKind.TIMEOUT);
        default -> {
          open.firstByte(1_000_000);
          open.succeeded();
        }
      }
      open.failed(FailureKind.RESET);
      lease = ThreadLocalRandom.current().nextBoolean() ? plan.next() : Optional.empty();
    }
  }

  private <T> List<T> inAllThreads(Callable<T> task) throws Exception {
    List<Future<T>> running =
        threads.invokeAll(Stream.generate(() -> task).limit(THREADS).toList());
    Stream.Builder<T> results = Stream.builder();
    for (Future<T> one : running) {
      results.add(one.get());
    }
    return results.build().toList();
  }
}
