package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.relay.upstream.AnswerHead;
import com.ecohash.ecolink.relay.upstream.Call;
import com.ecohash.ecolink.relay.upstream.Failure;
import com.ecohash.ecolink.relay.upstream.UpstreamRequest;
import com.ecohash.ecolink.routing.Lease;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The containers' side of one exchange: asks one replica after the other, and decides whether an
 * answer, or the lack of one, goes to the client or means the next replica. Never asks another once
 * the client's answer has begun. All calls but those from outside are made under the exchange's
 * lock.
 */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final RelayedExchange exchange;
  private final Relay relay;
  private final RelayRequest request;
  private final ResendableBody body;
  private final AnswerDelivery delivery;
  private final Delivered delivered;
  private final List<Attempted> made = new ArrayList<>(2);
  private @Nullable Attempt current;
  private @Nullable HeldAnswer lastAnswer;

  Attempts(
      RelayedExchange exchange,
      Relay relay,
      RelayRequest request,
      AnswerDelivery delivery,
      Delivered delivered) {
    this.exchange = exchange;
    this.relay = relay;
    this.request = request;
    this.body = new ResendableBody(request);
    this.delivery = delivery;
    this.delivered = delivered;
  }

  boolean isCurrent(Attempt attempt) {
    return current == attempt && delivered.outcome() == null;
  }

  /** Those that have ended, in their order. */
  List<Attempted> made() {
    return made;
  }

  // ---- asking -----------------------------------------------------------------------------------

  /** Asks this replica, or gives up if there is none left. */
  void next(Optional<Lease> lease, Optional<Failure> lastFailure) {
    if (lease.isPresent()) {
      attempt(lease.get(), false);
    } else if (lastAnswer != null) {
      delivery.passHeld(lastAnswer);
    } else {
      delivery.refuse(lastFailure);
    }
  }

  private void attempt(Lease lease, boolean fresh) {
    Attempt attempt = new Attempt(exchange, this, delivery, request, lease);
    current = attempt;
    delivery.gathered().take(); // comments of a stream that came to nothing
    CompletableFuture<InetSocketAddress> address = relay.addresses().of(lease.replica().endpoint());
    if (address.isDone() && !address.isCompletedExceptionally()) {
      send(attempt, address.join(), fresh);
    } else {
      address.whenComplete((found, failure) -> addressKnown(attempt, found, failure, fresh));
    }
  }

  private void addressKnown(
      Attempt attempt,
      @Nullable InetSocketAddress found,
      @Nullable Throwable failure,
      boolean fresh) {
    synchronized (exchange) {
      if (!isCurrent(attempt)) {
        return;
      }
      if (found == null) {
        LOG.warn("{} has no address", attempt.replica().endpoint(), failure);
        failed(attempt, Failure.CONNECT_FAILED);
      } else {
        send(attempt, found, fresh);
      }
    }
    exchange.tellIfOver();
  }

  private void send(Attempt attempt, InetSocketAddress address, boolean fresh) {
    UpstreamRequest outgoing =
        request
            .request()
            .to(
                request.instance(),
                attempt.replica().endpoint(),
                body.outgoing(),
                attempt.traceparent());
    try {
      attempt.sent(relay.upstream().send(address, outgoing, fresh, attempt));
    } catch (UncheckedIOException e) {
      LOG.error("no connection can be opened", e);
      failed(attempt, Failure.CONNECT_FAILED);
    }
  }

  /** The client takes bytes again. */
  void resume() {
    if (current != null) {
      current.call().ifPresent(Call::resume);
    }
  }

  // ---- what an attempt tells --------------------------------------------------------------------

  /** Whether an answer of this status may be kept from the client, as another may be better. */
  boolean mayHold(int status) {
    return status == 502 || status == 503 || status == 504 || (status == 400 && body.isAided());
  }

  HeldAnswer hold(Attempt attempt, AnswerHead head) {
    return new HeldAnswer(attempt.replica(), head, relay.settings().heldAnswerBytesMax());
  }

  /** An answer goes to the client: from here on nothing is sent again. */
  void begin(Attempt attempt, AnswerHead head, long atNanos) {
    body.answered();
    delivery.begin(attempt.replica(), head, !attempt.isEventStream(), atNanos);
  }

  /** Whether so many bytes may wait until it shows what an answer is. */
  boolean mayWait(int bytes) {
    return bytes <= relay.settings().heldAnswerBytesMax();
  }

  /** An answer was held back, and no more of it will come. */
  void heldAnswerEnded(Attempt attempt, HeldAnswer held) {
    int status = held.head().status();
    if (held.flaw().isEmpty()) {
      lastAnswer = held;
    }
    if (status == 400) {
      attempt.lease().neutral();
      ended(attempt, "status_400");
      body.withoutAid();
      attempt(request.plan().repeat(attempt.lease()), false);
      return;
    }
    HealthVerdict.held(attempt.lease(), status);
    ended(attempt, status >= 500 ? "status_" + status : "bad_answer");
    next(request.plan().next(), held.flaw());
  }

  /** The client's answer is whole; what was gathered is the last of it. */
  void answerEnded(Attempt attempt) {
    int status = delivered.status();
    boolean reportedError = request.tap().reportedError();
    HealthVerdict.answered(attempt.lease(), status, reportedError);
    if (body.wasAidRefused() && status < 300 && !reportedError) {
      relay.refusesAdditions(request.instance().id());
    }
    ended(attempt, reportedError ? "error_event" : status < 400 ? "ok" : "status_" + status);
    delivery.end(
        reportedError
            ? new Outcome.Truncated(status, Optional.empty())
            : new Outcome.Answered(status));
  }

  void failed(Attempt attempt, Failure failure) {
    if (failure == Failure.STALE_CONNECTION) {
      ended(attempt, failure.word());
      attempt(request.plan().repeat(attempt.lease()), true);
      return;
    }
    HealthVerdict.failed(attempt.lease(), failure);
    ended(attempt, failure.word());
    if (delivery.hasBegun()) {
      delivery.breakOff(attempt.isEventStream(), failure);
    } else if (failure.isTimeout()) {
      delivery.refuse(Optional.of(failure)); // no failover: it may still be at work on it
    } else {
      next(request.plan().next(), Optional.of(failure));
    }
  }

  private void ended(Attempt attempt, String result) {
    made.add(attempt.ended(result));
  }

  // ---- the end ----------------------------------------------------------------------------------

  /** The client went away: the container need not go on. */
  void abandon() {
    Attempt attempt = current;
    if (attempt == null || delivered.isEnded()) {
      delivery.abandon(true);
      return;
    }
    boolean asked = attempt.call().map(Call::isSent).orElse(false);
    attempt.call().ifPresent(Call::cancel);
    boolean reportedError = delivery.hasBegun() && request.tap().reportedError();
    HealthVerdict.abandoned(attempt.lease(), reportedError);
    ended(attempt, reportedError ? "error_event" : "client_gone");
    if (reportedError) {
      delivered.abandon(new Outcome.Truncated(delivered.status(), Optional.empty()));
    } else {
      delivery.abandon(asked);
    }
  }

  /** The exchange is over; may be called again. */
  void close() {
    body.close();
  }
}
