package com.ecohash.ecolink.routing;

import com.ecohash.ecolink.ids.ReplicaId;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * What is known of every replica, by its id, for as long as the replica exists: a reloaded catalog
 * changes nothing here. Read by the router, by pages and by metrics; written by leases and health
 * checks. One per gateway, shared by all threads; never touches the network.
 */
public final class HealthBoard {
  private final RoutingSettings settings;
  private final Clock clock;
  private final LongSupplier nanoTicker;
  private final RoutingListener listener;
  private final ConcurrentMap<ReplicaId, ReplicaState> states = new ConcurrentHashMap<>();

  /**
   * @param clock for what people read
   * @param nanoTicker for lengths of time: {@code System::nanoTime}
   */
  public HealthBoard(
      RoutingSettings settings, Clock clock, LongSupplier nanoTicker, RoutingListener listener) {
    this.settings = settings;
    this.clock = clock;
    this.nanoTicker = nanoTicker;
    this.listener = listener;
  }

  public ReplicaHealth health(ReplicaId replica) {
    return state(replica).health();
  }

  /** Whether a health check has ended at this replica, good or bad. */
  public boolean isProbed(ReplicaId replica) {
    return state(replica).isProbed();
  }

  /**
   * Forgets all replicas but these. Leases that are still open on a forgotten one end as usual,
   * seen by nobody.
   */
  public void retain(Set<ReplicaId> replicas) {
    states.keySet().retainAll(replicas);
  }

  /** A health check's result; {@link Prober} tells it, and a runtime that knows better may. */
  public void probed(ReplicaId replica, ProbeResult result) {
    state(replica).probed(result);
  }

  RoutingSettings settings() {
    return settings;
  }

  long nanos() {
    return nanoTicker.getAsLong();
  }

  ReplicaState state(ReplicaId replica) {
    ReplicaState known = states.get(replica); // computeIfAbsent may lock even where it finds one
    return known != null
        ? known
        : states.computeIfAbsent(
            replica, id -> new ReplicaState(id, settings, clock, nanoTicker, listener));
  }
}
