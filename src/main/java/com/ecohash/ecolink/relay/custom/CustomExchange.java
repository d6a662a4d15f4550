package com.ecohash.ecolink.relay.custom;

import com.ecohash.ecolink.relay.Attempted;
import com.ecohash.ecolink.relay.ExchangeWithClient;
import com.ecohash.ecolink.routing.Lease;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One exchange of the custom path between a client and, one after the other, the replicas of its
 * plan. The containers' side is {@link CustomAttempts}; the request's body passes on a way of its
 * own, {@link ClientBody}.
 */
final class CustomExchange extends ExchangeWithClient implements ClientBody.Listener {
  private final ClientBody body;
  private final CustomAttempts attempts;

  CustomExchange(CustomRelay relay, CustomRequest request, AsyncContext async) throws IOException {
    super(async);
    HttpServletRequest incoming = (HttpServletRequest) async.getRequest();
    Delivery delivery = new Delivery(incoming, answer, delivered, request.follower());
    this.body = new ClientBody(incoming, request.bodyBytesMax(), this);
    this.attempts = new CustomAttempts(this, relay, request, incoming, body, delivery, delivered);
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

  /** Nothing moves: time to look whether the client is still there. Under the lock. */
  void onSilence() {
    watch.begin();
  }

  /** The same, outside of the lock, as it may go on with the body. */
  void lookAgain() {
    body.lookAgain();
  }

  @Override
  protected List<Attempted> attempts() {
    return attempts.made();
  }

  @Override
  protected void resume() {
    attempts.resume();
  }

  @Override
  protected void abandon() {
    attempts.abandon();
  }

  @Override
  protected void complete() {
    body.close();
    super.complete();
  }
}
