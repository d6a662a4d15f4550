package com.ecohash.ecolink.relay;

import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client's side of an exchange, the same whatever is relayed. Three parties call in on threads
 * of their own: the container's, through the present attempt, the servlet container through {@link
 * ClientAnswer}, and the watch that sees a client leave. All take this object's lock, and none
 * holds it while it waits; the outcome is told after it is released.
 */
public abstract class ExchangeWithClient implements ClientAnswer.Listener, Relayed.Completion {
  private static final Logger LOG = LoggerFactory.getLogger(ExchangeWithClient.class);

  protected final ClientAnswer answer;
  protected final Delivered delivered;
  protected final ClientWatch watch;
  private final CompletableFuture<Relayed> done = new CompletableFuture<>();

  protected ExchangeWithClient(AsyncContext async) throws IOException {
    this.watch = ClientWatch.of(async, () -> onGone(new IOException("the client left")));
    this.answer = new ClientAnswer(async, this);
    this.delivered = new Delivered(answer);
  }

  public final CompletableFuture<Relayed> done() {
    return done;
  }

  // ---- the containers' side, under the lock -----------------------------------------------------

  /** The attempts that have ended, in their order. */
  protected abstract List<Attempted> attempts();

  /** The client takes bytes again. */
  protected abstract void resume();

  /** The client went away: the container need not go on. */
  protected abstract void abandon();

  /** The exchange is over; may be called again. */
  protected void close() {
    // for those that hold something until then
  }

  // ---- the client -------------------------------------------------------------------------------

  @Override
  public final void onWritable() {
    boolean finishing;
    synchronized (this) {
      finishing = answer.isFinishing();
      if (!finishing && delivered.outcome() == null) {
        takeUpAgain();
      }
    }
    if (finishing) {
      finish();
    } else {
      tellIfOver();
    }
  }

  private void takeUpAgain() {
    try {
      if (delivered.drain()) {
        resume();
      }
    } catch (IOException e) {
      abandon();
    }
  }

  @Override
  public final void onGone(Throwable cause) {
    LOG.debug("the client went away", cause);
    boolean finishing;
    synchronized (this) {
      finishing = answer.isFinishing();
      if (!finishing && delivered.outcome() == null) {
        abandon();
      }
    }
    if (finishing) {
      complete();
    } else {
      tellIfOver();
    }
  }

  // ---- the end ----------------------------------------------------------------------------------

  /** Outside the lock: whoever waits for the outcome may do much. */
  public final void tellIfOver() {
    @Nullable Outcome how;
    synchronized (this) {
      how = delivered.outcome();
      if (how != null) {
        watch.close();
        close();
      }
    }
    if (how != null && !done.isDone()) {
      done.complete(
          new Relayed(how, delivered.answeredBy(), attempts(), delivered.firstByteNanos(), this));
    }
  }

  @Override
  public final synchronized void amend(UnaryOperator<byte[]> change) {
    answer.amend(change);
  }

  @Override
  public final void finish() {
    boolean sent;
    synchronized (this) {
      sent = answer.finish();
    }
    if (sent) {
      complete();
    }
  }

  /** Gives the request back to the servlet container. Not under the lock. */
  protected void complete() {
    answer.complete();
  }
}
