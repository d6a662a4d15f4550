package com.ecohash.ecolink.relay.custom;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Protocol;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.relay.AttemptFollower;
import com.ecohash.ecolink.relay.Attempted;
import com.ecohash.ecolink.relay.Delivered;
import com.ecohash.ecolink.relay.Grpc;
import com.ecohash.ecolink.relay.HealthVerdict;
import com.ecohash.ecolink.relay.HeldAnswer;
import com.ecohash.ecolink.relay.Outcome;
import com.ecohash.ecolink.relay.upstream.AnswerHead;
import com.ecohash.ecolink.relay.upstream.Failure;
import com.ecohash.ecolink.routing.FailureKind;
import com.ecohash.ecolink.routing.Lease;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.client.Request;
import org.jspecify.annotations.Nullable;

/**
 * The containers' side of one exchange of the custom path: asks one replica after the other, and
 * decides whether an answer, or the lack of one, goes to the client or means the next replica. Asks
 * another only if no byte of the request can have been processed, or its method is idempotent. All
 * calls but {@link #active} are made under the exchange's lock.
 */
final class CustomAttempts {
  private final CustomExchange exchange;
  private final CustomRelay relay;
  private final CustomRequest request;
  private final ClientBody body;
  private final Delivery delivery;
  private final Delivered delivered;
  private final String method;
  private final boolean grpc;
  private final List<Attempted> made = new ArrayList<>(2);

  /** Read without the lock when a piece of the request has passed. */
  private volatile @Nullable CustomAttempt current;

  private @Nullable HeldAnswer lastAnswer;
  private boolean repeated;

  CustomAttempts(
      CustomExchange exchange,
      CustomRelay relay,
      CustomRequest request,
      HttpServletRequest incoming,
      ClientBody body,
      Delivery delivery,
      Delivered delivered) {
    this.exchange = exchange;
    this.relay = relay;
    this.request = request;
    this.body = body;
    this.delivery = delivery;
    this.delivered = delivered;
    this.method = incoming.getMethod();
    this.grpc = Grpc.isSpokenBy(incoming);
  }

  boolean isCurrent(CustomAttempt attempt) {
    return current == attempt && !delivered.isEnded();
  }

  /** Those that have ended, in their order. */
  List<Attempted> made() {
    return made;
  }

  // ---- asking -----------------------------------------------------------------------------------

  /** Asks this replica, or gives up if there is none left. */
  void next(Optional<Lease> lease, Optional<Failure> lastFailure) {
    if (lease.isPresent()) {
      attempt(lease.get(), !RetryRule.isIdempotent(method) || body.isPresent());
    } else if (lastAnswer != null) {
      delivery.passHeld(lastAnswer, request.instance().protocol());
    } else {
      refuse(lastFailure);
    }
  }

  /** No container answered: the client gets our own words. */
  private void refuse(Optional<Failure> failure) {
    delivery.refuse(request.whenUnsent().apply(failure), failure);
  }

  /**
   * @param fresh as a request that cannot be sent twice must not meet a connection that is dying
   */
  private void attempt(Lease lease, boolean fresh) {
    AttemptFollower follower = request.follower().attempt(lease);
    CustomAttempt attempt = new CustomAttempt(exchange, this, delivery, lease, follower);
    Instance instance = request.instance();
    Request outgoing =
        relay
            .clients()
            .newRequest(
                instance,
                attempt.replica().endpoint(),
                request.request(),
                follower.traceparent(),
                fresh);
    if (grpc && instance.protocol() == Protocol.H2C) {
      outgoing.headers(fields -> fields.put("TE", "trailers")); // gRPC over HTTP2: required
    }
    body.sendWith(outgoing, instance.protocol());
    ContainerCall call = new ContainerCall(outgoing, attempt, relay::ended);
    attempt.sent(call);
    current = attempt;
    relay.began(call);
    call.send();
  }

  /** The client takes bytes again. */
  void resume() {
    CustomAttempt attempt = current;
    if (attempt != null) {
      attempt.resume();
    }
  }

  /** A piece of the request has passed. Called without the lock. */
  void active() {
    CustomAttempt attempt = current;
    if (attempt != null) {
      attempt.active();
    }
  }

  // ---- what an attempt tells --------------------------------------------------------------------

  /** Whether it may be sent once more although a container has seen something of it. */
  private boolean isRepeatable() {
    return RetryRule.isIdempotent(method) && !body.isTouched();
  }

  /** Whether an answer of this status may be kept from the client, as another may be better. */
  boolean mayHold(int status) {
    return (status == 502 || status == 503 || status == 504) && isRepeatable();
  }

  /** A whole answer to a GET that says nothing at all. */
  boolean isEmptyWhereItShouldNot(int status) {
    return status == 200 && method.equals("GET") && !delivery.hasBegun() && isRepeatable();
  }

  HeldAnswer hold(Replica replica, AnswerHead head) {
    return new HeldAnswer(replica, head, relay.settings().heldAnswerBytesMax());
  }

  /** An answer goes to the client: from here on nothing is sent again. */
  void begin(CustomAttempt attempt, AnswerHead head, boolean whole) {
    delivery.begin(attempt.replica(), head, request.instance().protocol(), whole);
  }

  /** An answer was held back and is whole. */
  void heldAnswerEnded(CustomAttempt attempt, HeldAnswer held) {
    if (held.flaw().isEmpty()) {
      lastAnswer = held;
    }
    if (held.head().status() >= 500) {
      attempt.lease().failed(FailureKind.BAD_STATUS);
      ended(attempt, "status_" + held.head().status());
    } else {
      attempt.lease().neutral(); // it may well mean it
      ended(attempt, "empty");
    }
    giveUp(attempt);
    next(isRepeatable() ? request.plan().next() : Optional.empty(), held.flaw());
  }

  /**
   * The attempt gets nothing more of the request. Since its answer began it may have got something:
   * only after this is it certain whether the request can be sent again.
   */
  private void giveUp(CustomAttempt attempt) {
    body.takeBack();
    if (!body.isEnded()) {
      attempt.cancel();
    }
  }

  /** The client's answer is whole. */
  void answerEnded(CustomAttempt attempt) {
    int status = delivered.status();
    HealthVerdict.answered(attempt.lease(), status, false);
    ended(attempt, status < 400 ? "ok" : "status_" + status);
    delivery.end(attempt.trailers());
    if (!body.isEnded()) {
      attempt.cancel(); // the container has answered without the rest of the request
    }
  }

  void failed(CustomAttempt attempt, Failure failure) {
    ended(attempt, failure.word());
    giveUp(attempt);
    if (mayRepeat(failure)) {
      repeated = true;
      attempt(request.plan().repeat(attempt.lease()), true);
      return;
    }
    HealthVerdict.failed(attempt.lease(), failure);
    if (delivery.hasBegun()) {
      delivery.breakOff(failure);
    } else if (mayFailOver(failure)) {
      next(request.plan().next(), Optional.of(failure));
    } else {
      refuse(Optional.of(failure));
    }
  }

  /**
   * Once, at the same replica: HTTP/2 has no connection for one request alone, so that the next one
   * may be dying too.
   */
  private boolean mayRepeat(Failure failure) {
    return !repeated
        && ((failure == Failure.STALE_CONNECTION && isRepeatable()) || isUnprocessed(failure));
  }

  /** Not after a timeout: the container may still be at work on it. */
  private boolean mayFailOver(Failure failure) {
    boolean neverSent =
        failure == Failure.CONNECT_FAILED
            || failure == Failure.CONNECT_TIMEOUT
            || failure == Failure.OVERLOADED;
    return neverSent || isUnprocessed(failure) || (!failure.isTimeout() && isRepeatable());
  }

  /** The container has done nothing with it, whatever the method, and the body is still here. */
  private boolean isUnprocessed(Failure failure) {
    return failure == Failure.REFUSED_STREAM && !body.isTouched();
  }

  private void ended(CustomAttempt attempt, String result) {
    made.add(attempt.ended(result));
  }

  // ---- the end ----------------------------------------------------------------------------------

  /** The client's body is over its limit. */
  void bodyTooLarge() {
    if (current == null || delivered.isEnded()) {
      return;
    }
    stop("request_too_large");
    if (delivery.hasBegun()) {
      delivered.cut(gone()); // by a request that goes beyond its limit
    } else {
      delivery.refuse(request.tooLarge(), Optional.empty());
    }
  }

  /** The client went away: the container need not go on. */
  void abandon() {
    if (!delivered.isEnded()) {
      stop("client_gone");
    }
    delivered.abandon(gone());
  }

  private Outcome gone() {
    CustomAttempt attempt = current;
    return new Outcome.ClientGone(delivered.status(), attempt != null && attempt.isSent());
  }

  private void stop(String why) {
    CustomAttempt attempt = current;
    if (attempt != null) {
      attempt.cancel();
      attempt.lease().neutral();
      ended(attempt, why);
    }
  }
}
