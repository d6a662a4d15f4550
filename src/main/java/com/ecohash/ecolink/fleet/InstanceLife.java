package com.ecohash.ecolink.fleet;

import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.instances.DeployedInstance;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.InstanceState;
import com.ecohash.ecolink.instances.Instances;
import com.ecohash.ecolink.instances.Launch;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.routing.HealthBoard;
import com.ecohash.ecolink.routing.HealthStatus;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that instances change their state when it is time. Every node has one; which of them
 * makes a change does not matter. Never on an exchange's way.
 */
public final class InstanceLife {
  /** Why an instance has failed: no container passed a health check in time. */
  public static final String NOT_READY = "not_ready";

  private static final Logger LOG = LoggerFactory.getLogger(InstanceLife.class);

  private final Instances instances;
  private final CurrentCatalog catalog;
  private final HealthBoard board;
  private final FleetSettings settings;
  private final String node;
  private final Clock clock;
  private final List<Consumer<Instance>> becameReady = new CopyOnWriteArrayList<>();
  private final Object news = new Object();
  private boolean storeIsAway;

  /**
   * @param node this gateway's name, as its heartbeat tells it
   */
  public InstanceLife(
      Instances instances,
      CurrentCatalog catalog,
      HealthBoard board,
      FleetSettings settings,
      String node,
      Clock clock) {
    this.instances = instances;
    this.catalog = catalog;
    this.board = board;
    this.settings = settings;
    this.node = node;
    this.clock = clock;
  }

  /**
   * Launches, and waits a little for the first health checks: what is there already runs when this
   * returns.
   *
   * @return the instance in the state that it reached; empty if its name is taken
   */
  public Optional<DeployedInstance> launch(Launch launch) {
    Optional<DeployedInstance> launched = instances.launch(launch);
    launched.ifPresent(
        deployed -> {
          catalog.refresh();
          awaitFirstChecks(deployed.instance().id());
        });
    return launched.flatMap(
        deployed -> instances.find(launch.account(), deployed.instance().id()).or(() -> launched));
  }

  /**
   * Stops an instance; it has ended when this returns if nothing was in flight on any node.
   *
   * @return the instance in the state that it reached; empty if the account has none of this id
   */
  public Optional<DeployedInstance> stop(AccountId account, InstanceId id, String reason) {
    Optional<DeployedInstance> stopped = instances.stop(account, id, reason);
    if (stopped.isEmpty()) {
      return stopped;
    }
    catalog.refresh();
    look();
    return instances.find(account, id);
  }

  /** Called on the one node that saw an instance become ready; must be quick. */
  public void onReady(Consumer<Instance> listener) {
    becameReady.add(listener);
  }

  /** One look at every instance; to be called every second or so, and when something happened. */
  public void look() {
    try {
      if (changed()) {
        catalog.refresh();
      }
      storeIsAway = false;
    } catch (RuntimeException e) {
      if (!storeIsAway) {
        storeIsAway = true;
        LOG.warn("No instance changes its state while the database is away.", e);
      }
    }
    probed();
  }

  private synchronized boolean changed() {
    boolean changed = false;
    for (Instance instance : catalog.get().instances().all()) {
      changed |= changed(instance);
    }
    return changed;
  }

  private boolean changed(Instance instance) {
    return switch (instance.state()) {
      case STARTING -> isHealthySomewhere(instance) ? ready(instance) : failed(instance);
      case FAILED -> isHealthySomewhere(instance) && ready(instance);
      case STOPPING -> ended(instance);
      case PENDING, RUNNING, TERMINATED -> false;
    };
  }

  private boolean ready(Instance instance) {
    boolean changed = instances.ready(instance.id());
    if (changed) {
      becameReady.forEach(listener -> listener.accept(instance));
      LOG.info("The instance {} runs.", instance.modelReference());
    }
    return changed;
  }

  private boolean failed(Instance instance) {
    boolean inTime = instance.createdAt().plus(settings.startMax()).isAfter(clock.instant());
    if (inTime || !isProbed(instance)) { // a gateway that was away for long has to look first
      return false;
    }
    boolean changed = instances.fail(instance.id(), NOT_READY);
    if (changed) {
      LOG.warn("The instance {} has failed to start.", instance.modelReference());
    }
    return changed;
  }

  private boolean ended(Instance instance) {
    if (instance.replicas().stream().allMatch(replica -> inFlight(replica) == 0)) {
      instances.left(instance.id(), node);
    }
    return instances.endStopped(instance.id(), settings.nodeSilence(), settings.stopMax());
  }

  private int inFlight(Replica replica) {
    return board.health(replica.id()).inFlight();
  }

  private boolean isHealthySomewhere(Instance instance) {
    return instance.replicas().stream()
        .anyMatch(replica -> board.health(replica.id()).status() == HealthStatus.HEALTHY);
  }

  private void awaitFirstChecks(InstanceId id) {
    long until = System.nanoTime() + settings.launchWait().toNanos();
    synchronized (news) {
      long left = settings.launchWait().toNanos();
      while (left > 0 && !isSettled(id)) {
        try {
          TimeUnit.NANOSECONDS.timedWait(news, left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
        left = until - System.nanoTime();
      }
    }
  }

  /** Whether it runs, or every container was found not to be ready. */
  private boolean isSettled(InstanceId id) {
    Optional<Instance> instance = catalog.get().instances().find(id);
    return instance.isEmpty()
        || instance.get().state() != InstanceState.STARTING
        || (isProbed(instance.get()) && !isHealthySomewhere(instance.get()));
  }

  private boolean isProbed(Instance instance) {
    return instance.replicas().stream().allMatch(replica -> board.isProbed(replica.id()));
  }

  /** A health check has ended somewhere; who waits for a launch looks again. */
  void probed() {
    synchronized (news) {
      news.notifyAll();
    }
  }
}
