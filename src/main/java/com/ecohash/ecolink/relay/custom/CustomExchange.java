package com.ecohash.ecolink.relay.custom;

import com.ecohash.ecolink.relay.ClientAnswer;
import com.ecohash.ecolink.relay.ClientWatch;
import com.ecohash.ecolink.relay.Outcome;
import com.ecohash.ecolink.relay.Relayed;
import com.ecohash.ecolink.routing.Lease;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One exchange of the custom path between a client and, one after the other, the replicas of its
 * plan. As in the unified API's relay, three parties call in on threads of their own: the present
 * {@link CustomAttempt}, the servlet container, and the watch that sees a client leave. All take
 * this object's lock, and none holds it while it waits; the outcome is told after it is released.
 */
final class CustomExchange
    implements ClientAnswer.Listener, ClientBody.Listener, Relayed.Completion {
  private static final Logger LOG = LoggerFactory.getLogger(CustomExchange.class);

  private final ClientBody body;
  private final ClientAnswer answer;
  private final Delivery delivery;
  private final CustomAttempts attempts;
  private final ClientWatch watch;
  private final CompletableFuture<Relayed> done = new CompletableFuture<>();

  CustomExchange(CustomRelay relay, CustomRequest request, AsyncContext async) throws IOException {
    HttpServletRequest incoming = (HttpServletRequest) async.getRequest();
    this.body = new ClientBody(incoming, request.bodyBytesMax(), this);
    this.watch = ClientWatch.of(async, () -> onGone(new IOException("the client left")));
    this.answer = new ClientAnswer(async, this);
    this.delivery = new Delivery(incoming, answer);
    this.attempts = new CustomAttempts(this, relay, request, incoming, body, delivery);
  }

  CompletableFuture<Relayed> done() {
    return done;
  }

  /**
   * @param first the plan's first lease
   */
  void start(Optional<Lease> first) {
    synchronized (this) {
      if (first.isPresent()) {
        body.listen();
      }
      attempts.next(first, Optional.empty());
    }
    tellIfOver();
  }

  // ---- the client -------------------------------------------------------------------------------

  @Override
  public void onBodyRead() {
    attempts.active();
  }

  @Override
  public void onBodyTooLarge() {
    synchronized (this) {
      attempts.bodyTooLarge();
    }
    tellIfOver();
  }

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
      complete();
    } else {
      tellIfOver();
    }
  }

  /** Nothing moves: time to look whether the client is still there. Under the lock. */
  void onSilence() {
    watch.begin();
  }

  // ---- the end ----------------------------------------------------------------------------------

  /** Outside the lock: whoever waits for the outcome may do much. */
  void tellIfOver() {
    Outcome how;
    synchronized (this) {
      how = delivery.outcome();
      if (how != null) {
        watch.close();
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
      complete();
    }
  }

  private void complete() {
    body.close();
    answer.complete();
  }
}
