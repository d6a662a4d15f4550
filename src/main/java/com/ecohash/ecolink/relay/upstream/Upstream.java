package com.ecohash.ecolink.relay.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls containers over HTTP/1.1, on pooled connections. */
public final class Upstream implements AutoCloseable {
  private final UpstreamSettings settings;
  private final List<EventLoop> loops = new ArrayList<>();
  private final Map<InetSocketAddress, ConnectionPool> pools = new ConcurrentHashMap<>();
  private final AtomicInteger nextLoop = new AtomicInteger();

  public Upstream(UpstreamSettings settings) {
    this.settings = settings;
    for (int i = 0; i < settings.loops(); i++) {
      EventLoop loop = new EventLoop("ecolink-upstream-" + i, settings);
      loops.add(loop);
      loop.start();
    }
  }

  /**
   * Sends a request. Never blocks; the listener may be called before this returns only by another
   * thread.
   *
   * @param fresh true for a connection that no call has used before
   */
  public Call send(
      InetSocketAddress address, UpstreamRequest request, boolean fresh, CallListener listener) {
    ConnectionPool pool =
        pools.computeIfAbsent(
            address, unknown -> new ConnectionPool(unknown, settings.idleConnectionsMax()));
    UpstreamConnection pooled = fresh ? null : pool.take();
    if (pooled != null) {
      Call call = new Call(listener, request, pooled);
      pooled.send(call);
      return call;
    }
    UpstreamConnection opened = new UpstreamConnection(pickLoop(), pool, open());
    Call call = new Call(listener, request, opened);
    opened.loop().execute(opened, () -> opened.connect(call));
    return call;
  }

  private EventLoop pickLoop() {
    return loops.get(Math.floorMod(nextLoop.getAndIncrement(), loops.size()));
  }

  private static SocketChannel open() {
    try {
      return SocketChannel.open();
    } catch (IOException e) {
      throw new UncheckedIOException("no socket is left", e);
    }
  }

  @Override
  public void close() {
    loops.forEach(EventLoop::close);
  }
}
