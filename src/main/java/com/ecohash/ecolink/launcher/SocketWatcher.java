package com.ecohash.ecolink.launcher;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that the other end of a socket has closed it, without reading from it: one thread and one
 * selector, beside the server's own, since a channel may be registered with several. Readable with
 * something to read means that the peer is there (it still sends a body, or the next request).
 * Readable with nothing to read means that the peer has gone, or that the server took the bytes
 * between the two questions; so it must be seen {@value #SIGHTINGS} times in a row before it is
 * believed. In both cases the socket is looked at again a little later. A peer that closes only its
 * sending half counts as gone.
 *
 * <p>What is promised:
 *
 * <ul>
 *   <li>the action runs at most once, on the executor, never on the watcher's thread;
 *   <li>once {@code close()} of a watch has returned, its action does not begin; one that had begun
 *       before may still be running;
 *   <li>a socket has one watch at a time: a newer one replaces it, and closing the older one later
 *       does not touch the newer, so a connection goes from exchange to exchange without harm;
 *   <li>memory is bounded by the number of connections: a watch is an attachment to its socket's
 *       key, and nothing is queued.
 * </ul>
 *
 * <p>The races are between an exchange that ends (closing its watch), the next one on the same
 * connection (setting its own), and this thread, which finds the socket ready for either of them.
 * Attachment and interest are therefore changed only together and only under {@link #lock}; whether
 * the action may still begin is decided by the watch itself, in one step.
 */
final class SocketWatcher extends AbstractLifeCycle {
  private static final Logger LOG = LoggerFactory.getLogger(SocketWatcher.class);

  /** How long a readable socket is left alone, and a closed one kept registered. */
  private static final long PAUSE_MILLIS = 100;

  /**
   * A socket whose bytes the server happens to take just then, thrice in a row, is not to be met.
   */
  private static final int SIGHTINGS = 3;

  private final Object lock = new Object();
  private final List<SelectionKey> paused = new ArrayList<>();
  private @Nullable Selector selector;
  private long lastResumeNanos = System.nanoTime();

  AutoCloseable watch(SocketChannel socket, Runnable gone, Executor executor) {
    Watch watch = new Watch(gone, executor);
    synchronized (lock) {
      Selector current = selector;
      if (current == null) {
        return () -> {}; // The server stops, and with it every exchange.
      }
      try {
        SelectionKey key = socket.register(current, SelectionKey.OP_READ, watch);
        current.wakeup(); // The selection under way does not know of the new interest.
        return () -> stop(watch, key);
      } catch (ClosedChannelException | CancelledKeyException e) {
        watch.fire(); // Closed already: the exchange came too late to see it happen.
        return watch::end;
      }
    }
  }

  private void stop(Watch watch, SelectionKey key) {
    watch.end();
    synchronized (lock) {
      if (key.attachment() == watch) {
        rest(key);
      }
    }
  }

  /** The key stays registered: cancelling it would forbid a new watch until the next selection. */
  private static void rest(SelectionKey key) {
    key.attach(null);
    if (key.isValid()) {
      key.interestOps(0);
    }
  }

  @Override
  protected void doStart() throws Exception {
    Selector opened = Selector.open();
    synchronized (lock) {
      selector = opened;
    }
    Thread thread = new Thread(() -> run(opened), "client-watch");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  protected void doStop() throws Exception {
    synchronized (lock) {
      if (selector != null) {
        selector.close();
        selector = null;
      }
      paused.clear();
    }
  }

  private void run(Selector opened) {
    try {
      while (opened.isOpen()) {
        opened.select(PAUSE_MILLIS);
        look(opened.selectedKeys());
        resumePaused();
      }
    } catch (ClosedSelectorException e) {
      LOG.debug("Stopped watching sockets.");
    } catch (IOException | RuntimeException e) {
      LOG.error("Clients that go away are not noticed any more until the next write.", e);
    }
  }

  private void look(Set<SelectionKey> ready) {
    synchronized (lock) {
      for (SelectionKey key : ready) {
        if (key.isValid() && key.attachment() instanceof Watch watch) {
          look(key, watch);
        }
      }
      ready.clear();
    }
  }

  private void look(SelectionKey key, Watch watch) {
    watch.sightings = hasSomethingToRead((SocketChannel) key.channel()) ? 0 : watch.sightings + 1;
    if (watch.sightings == SIGHTINGS) {
      rest(key);
      watch.fire();
    } else {
      key.interestOps(0);
      paused.add(key);
    }
  }

  private static boolean hasSomethingToRead(SocketChannel socket) {
    try {
      return socket.socket().getInputStream().available() > 0;
    } catch (IOException e) {
      return false; // Reset.
    }
  }

  /**
   * At most one round in {@link #PAUSE_MILLIS} of work for each: a key that was resumed and is
   * still readable would otherwise keep this thread spinning.
   */
  private void resumePaused() {
    synchronized (lock) {
      long now = System.nanoTime();
      if (paused.isEmpty() || now - lastResumeNanos < PAUSE_MILLIS * 1_000_000) {
        return;
      }
      lastResumeNanos = now;
      for (SelectionKey key : paused) {
        if (key.isValid() && key.attachment() != null) {
          key.interestOps(SelectionKey.OP_READ);
        }
      }
      paused.clear();
    }
  }

  /** What to run, at most once, and not after the end. */
  private static final class Watch implements Runnable {
    private final Executor executor;
    private @Nullable Runnable gone;
    private int sightings; // Of a readable socket with nothing to read; the watcher's thread only.

    Watch(Runnable gone, Executor executor) {
      this.gone = gone;
      this.executor = executor;
    }

    void fire() {
      try {
        executor.execute(this);
      } catch (RejectedExecutionException e) {
        end(); // The server stops, and with it every exchange.
      }
    }

    synchronized void end() {
      gone = null;
    }

    private synchronized @Nullable Runnable begin() {
      Runnable action = gone;
      gone = null;
      return action;
    }

    @Override
    public void run() {
      Runnable action = begin();
      if (action != null) {
        action.run();
      }
    }
  }
}
