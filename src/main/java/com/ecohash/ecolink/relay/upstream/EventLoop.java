package com.ecohash.ecolink.relay.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that carries many connections: what is ready is read, what is late is ended. */
final class EventLoop implements Runnable, AutoCloseable {
  /** After so long without a byte a call's listener is told. */
  static final long SILENCE_NANOS = 250_000_000;

  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
  private static final long TICK_MILLIS = 250;
  private static final int READ_BYTES = 64 * 1024;

  private final UpstreamSettings settings;
  private final Selector selector;
  private final Thread thread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean awake = new AtomicBoolean();
  // A heap array beside the direct buffer: parsing an array is several times cheaper.
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BYTES);
  private final byte[] readBytes = new byte[READ_BYTES];
  private volatile boolean closing;
  private long nextTickNanos;

  EventLoop(String name, UpstreamSettings settings) {
    this.settings = settings;
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("no selector", e);
    }
    this.thread = new Thread(this, name);
    this.thread.setDaemon(true);
  }

  void start() {
    nextTickNanos = nanos();
    thread.start();
  }

  UpstreamSettings settings() {
    return settings;
  }

  long nanos() {
    return System.nanoTime();
  }

  /** Runs a task for a connection on the loop's thread, soon. */
  void execute(UpstreamConnection connection, Runnable task) {
    tasks.add(() -> guarded(connection, task));
    wakeUp();
  }

  void wakeUp() {
    if (Thread.currentThread() != thread && awake.compareAndSet(false, true)) {
      selector.wakeup();
    }
  }

  SelectionKey register(SocketChannel channel, int operations, UpstreamConnection connection)
      throws ClosedChannelException {
    return channel.register(selector, operations, connection);
  }

  /** Reads what lies ready into {@link #readBytes}; −1 at the end. */
  int readFrom(SocketChannel channel) throws IOException {
    readBuffer.clear();
    int length = channel.read(readBuffer);
    if (length > 0) {
      readBuffer.flip().get(readBytes, 0, length);
    }
    return length;
  }

  byte[] readBytes() {
    return readBytes;
  }

  void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing a connection failed", e);
    }
  }

  @Override
  public void run() {
    while (!closing) {
      try {
        selector.select(this::ready, TICK_MILLIS);
        awake.set(false);
        runTasks();
        tickIfDue();
      } catch (Throwable e) { // an Error too: thousands of calls depend on this thread
        LOG.error("the loop goes on after a failure", e);
      }
    }
    selector.keys().forEach(key -> ((UpstreamConnection) key.attachment()).close());
    try {
      selector.close();
    } catch (IOException e) {
      LOG.debug("closing the selector failed", e);
    }
  }

  private void ready(SelectionKey key) {
    UpstreamConnection connection = (UpstreamConnection) key.attachment();
    guarded(connection, () -> connection.ready(key));
  }

  /** One exchange's fault, whatever it is, must not end the thousands beside it. */
  private static void guarded(UpstreamConnection connection, Runnable work) {
    try {
      work.run();
    } catch (Throwable e) {
      LOG.error("a call failed unexpectedly", e);
      try {
        connection.broken();
      } catch (Throwable again) {
        LOG.error("nor can whoever waits for it be told", again);
      }
    }
  }

  private void runTasks() {
    Runnable task;
    while ((task = tasks.poll()) != null) {
      task.run();
    }
  }

  private void tickIfDue() {
    long now = nanos();
    if (now - nextTickNanos >= 0) {
      nextTickNanos = now + TICK_MILLIS * 1_000_000;
      for (SelectionKey key : selector.keys()) {
        UpstreamConnection connection = (UpstreamConnection) key.attachment();
        guarded(connection, () -> connection.tick(now));
      }
    }
  }

  @Override
  public void close() {
    closing = true;
    selector.wakeup();
  }
}
