package com.ecohash.ecolink.boot;

import com.ecohash.ecolink.persistence.Heartbeats;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many gateways share this database, as of the last beat that reached it. */
final class LiveNodes implements IntSupplier, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveNodes.class);

  private final Heartbeats heartbeats;
  private volatile int count = 1;

  LiveNodes(Heartbeats heartbeats) {
    this.heartbeats = heartbeats;
  }

  @Override
  public int getAsInt() {
    return count;
  }

  /** To be called at the heartbeat's interval. While the database is away, the count stays. */
  void beat() {
    try {
      int now = Math.max(1, heartbeats.beat());
      if (now != count) {
        LOG.info("{} gateways share this database now; there were {}.", now, count);
        count = now;
      }
    } catch (RuntimeException e) {
      LOG.debug(
          "a beat did not reach the database", e); // the catalog's refresh says that it is away
    }
  }

  @Override
  public void close() {
    heartbeats.leave();
  }
}
