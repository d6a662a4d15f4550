package com.ecohash.ecolink.telemetry;

import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.routing.FailureKind;
import com.ecohash.ecolink.routing.HealthBoard;
import com.ecohash.ecolink.routing.HealthStatus;
import com.ecohash.ecolink.routing.ProbeResult;
import com.ecohash.ecolink.routing.ReplicaHealth;
import com.ecohash.ecolink.routing.RoutingListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;

/**
 * What of replicas goes to Prometheus: what the board knows of each as of the scrape, and what
 * changed. Labels are bounded by the number of replicas that there are.
 */
public final class RoutingMetrics implements RoutingListener {
  private final Counter checks;
  private final Counter changes;
  private final Counter ejections;

  public RoutingMetrics(PrometheusRegistry registry) {
    checks =
        Counter.builder()
            .name("ecolink_health_checks")
            .help("Health checks of replicas, by what they found.")
            .labelNames("result")
            .register(registry);
    changes =
        Counter.builder()
            .name("ecolink_replica_changes")
            .help("Changes of replicas' standing: up and down by checks, readmitted by a trial.")
            .labelNames("replica", "change")
            .register(registry);
    ejections =
        Counter.builder()
            .name("ecolink_replica_ejections")
            .help("Ejections of replicas by failing requests, by the last failure.")
            .labelNames("replica", "failure")
            .register(registry);
  }

  /** Registers what is read off the board with each scrape. */
  public static void watch(PrometheusRegistry registry, CurrentCatalog catalog, HealthBoard board) {
    gauge(
        registry,
        catalog,
        board,
        "ecolink_replica_healthy",
        "1 if requests go to the replica: not found down, not ejected.",
        health ->
            health.status() == HealthStatus.HEALTHY || health.status() == HealthStatus.UNKNOWN
                ? 1
                : 0);
    gauge(
        registry,
        catalog,
        board,
        "ecolink_replica_in_flight",
        "Attempts under way at the replica.",
        ReplicaHealth::inFlight);
  }

  private static void gauge(
      PrometheusRegistry registry,
      CurrentCatalog catalog,
      HealthBoard board,
      String name,
      String help,
      ToDoubleFunction<ReplicaHealth> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("instance", "region", "replica")
        .callback(
            sample ->
                forEachReplica(
                    catalog,
                    (instance, replica) ->
                        sample.call(
                            value.applyAsDouble(board.health(replica.id())),
                            instance.id().toString(),
                            replica.region().value(),
                            replica.id().toString())))
        .register(registry);
  }

  private static void forEachReplica(
      CurrentCatalog catalog, BiConsumer<Instance, Replica> consumer) {
    for (Instance instance : catalog.get().instances().all()) {
      instance.replicas().forEach(replica -> consumer.accept(instance, replica));
    }
  }

  @Override
  public void probed(ReplicaId replica, ProbeResult result) {
    checks.labelValues(result.up() ? "up" : "down").inc();
  }

  @Override
  public void wentUp(ReplicaId replica) {
    changes.labelValues(replica.toString(), "up").inc();
  }

  @Override
  public void wentDown(ReplicaId replica, String reason) {
    changes.labelValues(replica.toString(), "down").inc();
  }

  @Override
  public void readmitted(ReplicaId replica) {
    changes.labelValues(replica.toString(), "readmitted").inc();
  }

  @Override
  public void ejected(ReplicaId replica, FailureKind last, Duration length) {
    ejections.labelValues(replica.toString(), last.wireName()).inc();
  }
}
