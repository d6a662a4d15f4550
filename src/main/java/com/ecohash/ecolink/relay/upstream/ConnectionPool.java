package com.ecohash.ecolink.relay.upstream;

import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The idle connections to one address. Last in, first out: the rest can grow old and be closed. */
final class ConnectionPool {
  private final InetSocketAddress address;
  private final int idleMax;
  private final ConcurrentLinkedDeque<UpstreamConnection> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger idleCount = new AtomicInteger();

  ConnectionPool(InetSocketAddress address, int idleMax) {
    this.address = address;
    this.idleMax = idleMax;
  }

  InetSocketAddress address() {
    return address;
  }

  /** An idle connection, taken; null if there is none. */
  @Nullable UpstreamConnection take() {
    UpstreamConnection candidate;
    while ((candidate = idle.pollFirst()) != null) {
      idleCount.decrementAndGet();
      if (candidate.take()) {
        return candidate;
      }
    }
    return null;
  }

  void offer(UpstreamConnection connection) {
    if (idleCount.incrementAndGet() > idleMax) {
      idleCount.decrementAndGet();
      connection.closeLater();
    } else {
      idle.addFirst(connection);
    }
  }

  /** Forgets a connection that has closed while idle. */
  void remove(UpstreamConnection connection) {
    if (idle.removeFirstOccurrence(connection)) {
      idleCount.decrementAndGet();
    }
  }
}
