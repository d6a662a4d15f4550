package com.ecohash.ecolink.routing.simulation;

import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.routing.ProbeResult;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A container that answers by its condition at the moment an answer is due. */
final class SimulatedReplica {
  private static final Duration NETWORK = Duration.ofMillis(1);
  private static final Duration REFUSAL = Duration.ofMillis(5);

  private final SimulatedWorld world;
  private final Replica replica;
  private final Duration usualFirstByte;
  private final Random random;
  private final Set<SimulatedExchange> open = new LinkedHashSet<>();
  private Condition condition = Condition.WELL;

  SimulatedReplica(SimulatedWorld world, Replica replica, Duration usualFirstByte) {
    this.world = world;
    this.replica = replica;
    this.usualFirstByte = usualFirstByte;
    this.random = new Random(replica.id().value());
  }

  Replica replica() {
    return replica;
  }

  void become(Condition next) {
    condition = next;
    if (next == Condition.GONE) {
      List.copyOf(open).forEach(SimulatedExchange::connectionLost);
      open.clear();
    }
  }

  void receive(SimulatedExchange exchange) {
    switch (condition) {
      case GONE -> world.in(NETWORK, exchange::connectionRefused);
      case SILENT, HUNG -> open.add(exchange);
      case FAILING -> world.in(NETWORK, () -> exchange.errorAnswer(500));
      case WELL, SLOW -> work(exchange);
    }
  }

  /** The exchange needs no more of this replica. */
  void forget(SimulatedExchange exchange) {
    open.remove(exchange);
  }

  CompletableFuture<ProbeResult> healthCheck() {
    CompletableFuture<ProbeResult> answer = new CompletableFuture<>();
    switch (condition) {
      case GONE -> world.in(NETWORK, () -> answer.complete(ProbeResult.down("no connection")));
      case WELL, SLOW, HUNG, FAILING ->
          world.in(REFUSAL, () -> answer.complete(ProbeResult.up("HTTP 200")));
      case SILENT -> {} // the prober's timeout is the answer
    }
    return answer;
  }

  private void work(SimulatedExchange exchange) {
    if (exchange.isBad()) {
      world.in(REFUSAL, () -> exchange.errorAnswer(400));
      return;
    }
    open.add(exchange);
    long firstByte = firstByteNanos();
    long whole = firstByte + between(500, 3_500);
    int attempt = exchange.attempt();
    world.in(Duration.ofNanos(firstByte), () -> unlessStuck(exchange, attempt, false));
    world.in(Duration.ofNanos(whole), () -> unlessStuck(exchange, attempt, true));
  }

  private void unlessStuck(SimulatedExchange exchange, int attempt, boolean end) {
    boolean stuck = condition == Condition.SILENT || condition == Condition.HUNG;
    if (!stuck && open.contains(exchange) && exchange.attempt() == attempt) {
      if (end) {
        exchange.complete();
      } else {
        exchange.firstByte();
      }
    }
  }

  /** Half of it fixed, the rest exponential: a few answers take several times the median. */
  private long firstByteNanos() {
    double factor = 0.5 + 0.5 * -StrictMath.log(1 - random.nextDouble());
    return (long) (usualFirstByte.toNanos() * factor * (condition == Condition.SLOW ? 20 : 1));
  }

  private long between(int fromMillis, int toMillis) {
    return Duration.ofMillis(fromMillis + random.nextInt(toMillis - fromMillis)).toNanos();
  }
}
