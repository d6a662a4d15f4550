package com.ecohash.ecolink.routing;

import com.ecohash.ecolink.instances.Instance;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What routing adds to a request: plan, choice, first byte and end, on a board shared by threads.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class RouterBenchmark {
  private final HealthBoard board =
      new HealthBoard(
          RoutingSettings.DEFAULT, Clock.systemUTC(), System::nanoTime, RoutingListener.NONE);
  private final Router router = new Router(board, () -> ThreadLocalRandom.current().nextLong());
  private final Instance instance =
      TestingInstances.of(
          TestingInstances.replica(1, "us-west"),
          TestingInstances.replica(2, "eu-central"),
          TestingInstances.replica(3, "ap-south"));

  @Benchmark
  public Lease exchange() {
    Lease lease = router.plan(instance).next().orElseThrow();
    lease.firstByte(100_000_000 + (ThreadLocalRandom.current().nextInt() & 0xFFFFFF));
    lease.succeeded();
    return lease;
  }
}
