package com.ecohash.ecolink.launcher;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body is read to its end, within limits, after its answer is complete. Demands
 * pass through here, so that one which the application left pending is taken over: from then on it
 * serves the reading, and the application is not called again.
 */
final class LingeringRequest extends Request.Wrapper {
  /** More than any limit on bodies, less than a client that never stops could send in the time. */
  private static final long BYTES_MAX = 1L << 30;

  /** As many as Jetty itself tries before it gives a connection up. */
  private static final int READS_AT_ONCE = 16;

  private final Response response;
  private final boolean small;
  private final Duration limit;

  private @Nullable Runnable demand;
  private boolean asked;
  private boolean ended;
  private long lateBytes;

  /**
   * @param small whether its connection is worth waiting for the rest
   */
  LingeringRequest(Request request, Response response, boolean small, Duration limit) {
    super(request);
    this.response = response;
    this.small = small;
    this.limit = limit;
  }

  /** The server's own callback, later by the time that the reading takes. */
  Callback before(Callback completion) {
    return Callback.from(
        completion.getInvocationType(), () -> onAnswered(completion), completion::failed);
  }

  @Override
  public Content.@Nullable Chunk read() {
    Content.Chunk chunk = super.read();
    if (chunk != null) {
      note(chunk);
    }
    return chunk;
  }

  private synchronized void note(Content.Chunk chunk) {
    asked = true;
    ended |= chunk.isLast();
  }

  @Override
  public void demand(Runnable callback) {
    synchronized (this) {
      asked = true;
      demand = callback;
    }
    super.demand(this::onReadable);
  }

  private void onReadable() {
    Runnable callback;
    synchronized (this) {
      callback = demand;
      demand = null;
    }
    if (callback != null) {
      callback.run();
    }
  }

  /**
   * Jetty would give up the body here, for good, as soon as there is nothing to read for a moment,
   * and close the connection under a client that has just been told to keep it. The body is read on
   * later instead, and the answer to a large one says that the connection ends with it.
   */
  @Override
  public boolean consumeAvailable() {
    for (int reads = 0; reads < READS_AT_ONCE; reads++) {
      Content.Chunk chunk = read();
      if (chunk == null) {
        break;
      }
      chunk.release();
      if (chunk.isLast()) {
        return true;
      }
    }
    if (small && !neverBegins()) {
      return true; // the rest is on its way
    }
    boolean http1 = getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2;
    if (http1 && !response.isCommitted()) {
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
    }
    return false;
  }

  private void onAnswered(Callback completion) {
    if (isEndedOrNeverBegins()) {
      completion.succeeded();
      return;
    }
    Scheduler.Task timeout = timeout();
    Runnable reading = () -> readOn(timeout, completion);
    if (!takeOverDemand(reading)) {
      reading.run();
    }
  }

  private synchronized boolean isEndedOrNeverBegins() {
    return ended || neverBegins();
  }

  /** A client that waits for 100 (Continue) and never got it has sent nothing and will not. */
  private synchronized boolean neverBegins() {
    return !asked && getHeaders().contains(HttpHeader.EXPECT);
  }

  private synchronized boolean takeOverDemand(Runnable reading) {
    if (demand == null) {
      return false;
    }
    demand = reading;
    return true;
  }

  private Scheduler.Task timeout() {
    return getComponents()
        .getScheduler()
        .schedule(
            () -> getWrapped().fail(new TimeoutException("The sender did not stop in time.")),
            limit.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void readOn(Scheduler.Task timeout, Callback completion) {
    while (lateBytes <= BYTES_MAX) {
      Content.Chunk chunk = super.read();
      if (chunk == null) {
        super.demand(() -> readOn(timeout, completion));
        return;
      }
      lateBytes += chunk.remaining();
      chunk.release();
      if (chunk.isLast() || Content.Chunk.isFailure(chunk)) {
        break;
      }
    }
    timeout.cancel();
    completion.succeeded();
  }
}
