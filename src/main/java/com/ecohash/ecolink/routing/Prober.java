package com.ecohash.ecolink.routing;

import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.InstanceState;
import com.ecohash.ecolink.instances.Replica;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Checks every replica of the instances there are, each in a rhythm of its own, and tells the
 * board. Follows the set of instances: new replicas are checked at once, vanished ones forgotten,
 * here and on the board. Draining replicas are checked too, and those that failed to start. Never
 * calls an instance that is stopping or has ended. Owns no thread.
 */
public final class Prober implements AutoCloseable {
  /** How soon a catalog that changed without {@link #follow()} being called is noticed. */
  private static final long FOLLOW_MILLIS = 1_000;

  private final Supplier<Collection<Instance>> instances;
  private final ProbeRound.Means means;
  private final Map<ReplicaId, ProbeRound> rounds = new HashMap<>();
  private boolean closed;

  /**
   * @param instances the current ones; called often, must be cheap
   * @param random shared by threads, as the {@link Router}'s
   */
  public Prober(
      HealthBoard board,
      HealthProbe probe,
      ScheduledExecutorService scheduler,
      RandomGenerator random,
      Supplier<Collection<Instance>> instances) {
    this.instances = instances;
    this.means = new ProbeRound.Means(board, probe, scheduler, random);
  }

  /** Starts, once, and goes on until {@link #close()}. */
  public void start() {
    try {
      follow();
    } finally {
      followLater();
    }
  }

  /** Looks at the instances now; for whoever has just changed them. */
  public synchronized void follow() {
    if (closed) {
      return;
    }
    Set<ReplicaId> present = new HashSet<>();
    Set<ReplicaId> checked = new HashSet<>();
    for (Instance instance : instances.get()) {
      for (Replica replica : instance.replicas()) {
        present.add(replica.id());
        if (isChecked(instance.state())) {
          checked.add(replica.id());
          check(instance, replica);
        }
      }
    }
    rounds.keySet().removeIf(id -> !checked.contains(id) && end(id));
    means.board().retain(present);
  }

  /** No check starts after this; those under way end by their timeout. */
  @Override
  public synchronized void close() {
    closed = true;
    rounds.values().forEach(ProbeRound::end);
    rounds.clear();
  }

  private void check(Instance instance, Replica replica) {
    ProbeRound known = rounds.get(replica.id());
    if (known != null) {
      known.aim(instance, replica);
      return;
    }
    ProbeRound round = new ProbeRound(means, instance, replica);
    rounds.put(replica.id(), round);
    round.begin(instance.state() == InstanceState.STARTING);
  }

  private boolean end(ReplicaId id) {
    ProbeRound round = rounds.get(id);
    if (round != null) {
      round.end();
    }
    return true;
  }

  private synchronized void followLater() {
    if (!closed) {
      Future<?> unused =
          means.scheduler().schedule(this::start, FOLLOW_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private static boolean isChecked(InstanceState state) {
    return switch (state) {
      case STARTING, RUNNING, FAILED -> true;
      case PENDING, STOPPING, TERMINATED -> false;
    };
  }
}
