package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.routing.Lease;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One exchange between a client and, one after the other, the replicas of its plan. Three parties
 * call in on threads of their own: the container's loop through the present {@link Attempt}, the
 * servlet container through {@link ClientAnswer}, and the watch that sees a client leave. All take
 * this object's lock, and none holds it while it waits; the outcome is told after it is released.
 */
final class RelayedExchange implements ClientAnswer.Listener, Relayed.Completion {
  private static final Logger LOG = LoggerFactory.getLogger(RelayedExchange.class);

  private final ClientAnswer answer;
  private final AnswerDelivery delivery;
  private final Attempts attempts;
  private final ClientWatch watch;
  private final StreamKeepAlive keepAlive;
  private final CompletableFuture<Relayed> done = new CompletableFuture<>();

  RelayedExchange(Relay relay, RelayRequest request, AsyncContext async) throws IOException {
    this.watch = ClientWatch.of(async, () -> onGone(new IOException("the client left")));
    this.keepAlive = new StreamKeepAlive(relay.settings().keepAlive(), !watch.isPossible());
    this.answer = new ClientAnswer(async, this);
    this.delivery = new AnswerDelivery(request, answer);
    this.attempts = new Attempts(this, relay, request, delivery);
  }

  CompletableFuture<Relayed> done() {
    return done;
  }

  /**
   * @param first the plan's first lease
   */
  void start(Optional<Lease> first) {
    synchronized (this) {
      attempts.next(first, Optional.empty());
    }
    tellIfOver();
  }

  // ---- the client -------------------------------------------------------------------------------

  @Override
  public void onWritable() {
    boolean finishing;
    synchronized (this) {
      finishing = answer.isFinishing();
      if (!finishing && delivery.outcome() == null) {
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
      if (delivery.drain()) {
        attempts.resume();
      }
    } catch (IOException e) {
      attempts.abandon();
    }
  }

  @Override
  public void onGone(Throwable cause) {
    LOG.debug("the client went away", cause);
    boolean finishing;
    synchronized (this) {
      finishing = answer.isFinishing();
      if (!finishing && delivery.outcome() == null) {
        attempts.abandon();
      }
    }
    if (finishing) {
      answer.complete();
    } else {
      tellIfOver();
    }
  }

  /** Nothing moves: time to look whether the client is still there. Under the lock. */
  void onSilence(boolean eventStream, long silentNanos) {
    watch.begin();
    if (eventStream && delivery.takesComment() && keepAlive.isDue(silentNanos)) {
      try {
        delivery.comment();
      } catch (IOException e) {
        LOG.debug("the client had gone away", e);
        attempts.abandon();
      }
    }
  }

  // ---- the end ----------------------------------------------------------------------------------

  /** Outside the lock: whoever waits for the outcome may do much. */
  void tellIfOver() {
    Outcome how;
    synchronized (this) {
      how = delivery.outcome();
      if (how != null) {
        watch.close();
        attempts.close();
      }
    }
    if (how != null && !done.isDone()) {
      done.complete(
          new Relayed(
              how, delivery.answeredBy(), attempts.made(), delivery.firstByteNanos(), this));
    }
  }

  @Override
  public synchronized void amend(UnaryOperator<byte[]> change) {
    answer.amend(change);
  }

  @Override
  public void finish() {
    boolean sent;
    synchronized (this) {
      sent = answer.finish();
    }
    if (sent) {
      answer.complete();
    }
  }
}
