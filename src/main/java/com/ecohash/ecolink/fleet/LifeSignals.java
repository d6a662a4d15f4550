package com.ecohash.ecolink.fleet;

import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.routing.ProbeResult;
import com.ecohash.ecolink.routing.RoutingListener;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Tells the life of instances what the health checks find, on another thread than theirs. */
public final class LifeSignals implements RoutingListener {
  private final Executor executor;
  private final AtomicBoolean lookIsDue = new AtomicBoolean();
  private volatile @Nullable InstanceLife life;

  public LifeSignals(Executor executor) {
    this.executor = executor;
  }

  /** What is told from now on; it needs the board, which needs this listener first. */
  public void tell(InstanceLife told) {
    life = told;
  }

  @Override
  public void probed(ReplicaId replica, ProbeResult result) {
    InstanceLife told = life;
    if (told != null) {
      told.probed();
    }
  }

  @Override
  public void wentUp(ReplicaId replica) {
    if (lookIsDue.compareAndSet(false, true)) {
      executor.execute(this::look);
    }
  }

  private void look() {
    lookIsDue.set(false);
    InstanceLife told = life;
    if (told != null) {
      told.look();
    }
  }
}
