package com.ecohash.ecolink.routing.simulation;

import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.routing.FailureKind;
import com.ecohash.ecolink.routing.HealthBoard;
import com.ecohash.ecolink.routing.Lease;
import com.ecohash.ecolink.routing.ManualScheduler;
import com.ecohash.ecolink.routing.ManualTime;
import com.ecohash.ecolink.routing.Prober;
import com.ecohash.ecolink.routing.Router;
import com.ecohash.ecolink.routing.RoutingListener;
import com.ecohash.ecolink.routing.RoutingSettings;
import com.ecohash.ecolink.routing.TestingInstances;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Clients, the real router, the real prober and simulated replicas on one thread and one clock: the
 * same run, to the last byte of its report, on every machine.
 */
final class SimulatedWorld implements RoutingListener {
  /** A request that was sent to a replica. */
  record Sent(long atNanos, ReplicaId replica) {}

  private static final double REQUESTS_PER_SECOND = 20;
  private static final List<Map.Entry<String, Duration>> FIRST_BYTE_BY_REGION =
      List.of(
          Map.entry("us-west", Duration.ofMillis(120)),
          Map.entry("eu-central", Duration.ofMillis(180)),
          Map.entry("ap-south", Duration.ofMillis(260)));

  private final ManualTime time = new ManualTime();
  private final ManualScheduler scheduler = new ManualScheduler(time);
  private final HealthBoard board =
      new HealthBoard(RoutingSettings.DEFAULT, time, time::nanos, this);
  private final Router router = new Router(board, new Random(11));
  private final Random arrivals = new Random(12);
  private final Map<ReplicaId, SimulatedReplica> replicas = new LinkedHashMap<>();
  private final Instance instance;
  private final List<Ended> ended = new ArrayList<>();
  private final List<Sent> sent = new ArrayList<>();
  private double badShare;
  private int ejections;
  private int wentDown;

  SimulatedWorld(int regions) {
    FIRST_BYTE_BY_REGION.stream()
        .limit(regions)
        .forEach(region -> add(region.getKey(), region.getValue()));
    instance =
        TestingInstances.of(
            replicas.values().stream().map(SimulatedReplica::replica).toArray(Replica[]::new));
  }

  private void add(String region, Duration firstByte) {
    Replica replica = TestingInstances.replica(replicas.size() + 1, region);
    replicas.put(replica.id(), new SimulatedReplica(this, replica, firstByte));
  }

  /** Clients come from now on for so long; returns when the last exchange has ended. */
  void run(Duration length) {
    Prober prober =
        new Prober(
            board,
            (of, replica) -> replica(replica.id()).healthCheck(),
            scheduler,
            new Random(13),
            () -> List.of(instance));
    prober.start();
    arriveUntil(length.toNanos());
    scheduler.runUntil(length.toNanos());
    scheduler.runFor(Duration.ofMinutes(2));
    prober.close();
    scheduler.shutdown();
  }

  private void arriveUntil(long endNanos) {
    double gapSeconds = -StrictMath.log(1 - arrivals.nextDouble()) / REQUESTS_PER_SECOND;
    Duration gap = Duration.ofNanos((long) (gapSeconds * 1e9));
    if (nanos() + gap.toNanos() < endNanos) {
      in(
          gap,
          () -> {
            boolean bad = arrivals.nextDouble() < badShare;
            new SimulatedExchange(this, router.plan(instance), bad).send();
            arriveUntil(endNanos);
          });
    }
  }

  void in(Duration delay, Runnable event) {
    Future<?> unused = timer(delay, event); // the scheduler rethrows what an event throws
  }

  Future<?> timer(Duration delay, Runnable event) {
    return scheduler.schedule(event, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  long nanos() {
    return time.nanos();
  }

  SimulatedReplica replica(ReplicaId id) {
    return replicas.get(id);
  }

  List<SimulatedReplica> replicas() {
    return List.copyOf(replicas.values());
  }

  void badShare(double share) {
    badShare = share;
  }

  void sent(Lease lease) {
    sent.add(new Sent(nanos(), lease.replica().id()));
  }

  void ended(Ended exchange) {
    ended.add(exchange);
  }

  List<Ended> ended() {
    return List.copyOf(ended);
  }

  List<Sent> sent() {
    return List.copyOf(sent);
  }

  int inFlight() {
    return replicas.keySet().stream().mapToInt(id -> board.health(id).inFlight()).sum();
  }

  int ejections() {
    return ejections;
  }

  int timesDown() {
    return wentDown;
  }

  @Override
  public void ejected(ReplicaId replica, FailureKind last, Duration length) {
    ejections++;
  }

  @Override
  public void wentDown(ReplicaId replica, String reason) {
    wentDown++;
  }
}
