package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.routing.Lease;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One exchange of the unified API between a client and, one after the other, the replicas of its
 * plan. The containers' side is {@link Attempts}.
 */
final class RelayedExchange extends ExchangeWithClient {
  private static final Logger LOG = LoggerFactory.getLogger(RelayedExchange.class);

  private final AnswerDelivery delivery;
  private final Attempts attempts;
  private final StreamKeepAlive keepAlive;

  RelayedExchange(Relay relay, RelayRequest request, AsyncContext async) throws IOException {
    super(async);
    this.keepAlive = new StreamKeepAlive(relay.settings().keepAlive(), !watch.isPossible());
    this.delivery = new AnswerDelivery(request, answer, delivered);
    this.attempts = new Attempts(this, relay, request, delivery, delivered);
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
  protected void close() {
    attempts.close();
  }
}
