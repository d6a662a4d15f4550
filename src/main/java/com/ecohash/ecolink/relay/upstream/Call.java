package com.ecohash.ecolink.relay.upstream;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One request to one endpoint, and its answer. Any thread may cancel, pause and resume it. */
public final class Call {
  private final CallListener listener;
  private volatile @Nullable RequestWriter writer;
  private final boolean toHead;
  private final boolean last;
  private final UpstreamConnection connection;
  private final AtomicBoolean over = new AtomicBoolean();
  private final long startedNanos;
  private volatile long sentNanos;
  private volatile boolean sent;

  Call(CallListener listener, UpstreamRequest request, UpstreamConnection connection) {
    this.listener = listener;
    this.writer = new RequestWriter(request.head(), request.body());
    this.toHead = request.isToHead();
    this.last = request.isLast();
    this.connection = connection;
    this.startedNanos = connection.loop().nanos();
    this.sentNanos = startedNanos;
  }

  /** Stops the call; the container sees its connection close. Nothing is told any more. */
  public void cancel() {
    if (finish()) {
      connection.closeLater();
    }
  }

  /** Reads no more of the answer until {@link #resume}; the container feels it as back-pressure. */
  public void pause() {
    connection.setReading(false);
  }

  public void resume() {
    connection.setReading(true);
  }

  /** Nanoseconds that it took to connect; 0 on a pooled connection. */
  public long connectNanos() {
    return sentNanos - startedNanos;
  }

  /** When the request began to leave, on {@link System#nanoTime}'s scale. */
  public long sentNanos() {
    return sentNanos;
  }

  /** Whether the container may have something of the request. */
  public boolean isSent() {
    return sent;
  }

  /** Ends the call, once; true for the one who ended it. */
  boolean finish() {
    return over.compareAndSet(false, true);
  }

  boolean isOver() {
    return over.get();
  }

  CallListener listener() {
    return listener;
  }

  boolean isToHead() {
    return toHead;
  }

  /** Whether its connection ends with it. */
  boolean isLast() {
    return last;
  }

  long startedNanos() {
    return startedNanos;
  }

  void sentNow() {
    sentNanos = connection.loop().nanos();
  }

  /**
   * Writes what is left of the request, as far as the connection takes it.
   *
   * @return whether all is written; the body can be freed then
   */
  boolean writeTo(SocketChannel channel) throws IOException {
    sent = true;
    RequestWriter rest = writer;
    if (rest != null && rest.writeTo(channel)) {
      writer = null;
    }
    return writer == null;
  }

  boolean isRequestWritten() {
    return writer == null;
  }
}
