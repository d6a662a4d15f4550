package com.ecohash.ecolink.relay.custom;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Protocol;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.relay.Attempted;
import com.ecohash.ecolink.relay.ClientAnswer;
import com.ecohash.ecolink.relay.ClientWatch;
import com.ecohash.ecolink.relay.Grpc;
import com.ecohash.ecolink.relay.HeldAnswer;
import com.ecohash.ecolink.relay.Outcome;
import com.ecohash.ecolink.relay.Relayed;
import com.ecohash.ecolink.relay.upstream.AnswerHead;
import com.ecohash.ecolink.relay.upstream.Failure;
import com.ecohash.ecolink.routing.FailureKind;
import com.ecohash.ecolink.routing.Lease;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.client.Request;
import org.jspecify.annotations.Nullable;
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

  private final CustomRelay relay;
  private final CustomRequest request;
  private final String method;
  private final boolean grpc;
  private final ClientBody body;
  private final ClientAnswer answer;
  private final Delivery delivery;
  private final ClientWatch watch;
  private final CompletableFuture<Relayed> done = new CompletableFuture<>();
  private final List<Attempted> attempts = new ArrayList<>(2);

  /** Read without the lock when a piece of the request has passed. */
  private volatile @Nullable CustomAttempt current;

  private @Nullable HeldAnswer lastAnswer;
  private @Nullable Replica answeredBy;
  private long firstByteNanos;
  private int status;

  /** The outcome once the client has what there is for it; null while there may be more. */
  private @Nullable Outcome whenDelivered;

  private @Nullable Outcome outcome;

  CustomExchange(CustomRelay relay, CustomRequest request, AsyncContext async) throws IOException {
    HttpServletRequest incoming = (HttpServletRequest) async.getRequest();
    this.relay = relay;
    this.request = request;
    this.method = incoming.getMethod();
    this.grpc = Grpc.isSpokenBy(incoming);
    this.body = new ClientBody(incoming, request.bodyBytesMax(), this);
    this.watch = ClientWatch.of(async, () -> onGone(new IOException("the client left")));
    this.answer = new ClientAnswer(async, this);
    this.delivery = new Delivery(incoming, answer);
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
      attemptOrGiveUp(first, Optional.empty());
    }
    tellIfOver();
  }

  // ---- attempts ---------------------------------------------------------------------------------

  private void attemptOrGiveUp(Optional<Lease> lease, Optional<Failure> lastFailure) {
    if (lease.isPresent()) {
      attempt(lease.get(), !RetryRule.isIdempotent(method) || body.isPresent());
    } else if (lastAnswer != null && lastAnswer.flaw().isEmpty()) {
      passHeld(lastAnswer);
    } else {
      unsent(lastFailure);
    }
  }

  /**
   * @param fresh as a request that cannot be sent twice must not meet a connection that is dying
   */
  private void attempt(Lease lease, boolean fresh) {
    CustomAttempt attempt = new CustomAttempt(this, lease);
    Instance instance = request.instance();
    Request outgoing =
        relay
            .clients()
            .newRequest(instance, attempt.replica().endpoint(), request.request(), fresh);
    if (grpc && instance.protocol() == Protocol.H2C) {
      outgoing.headers(fields -> fields.put("TE", "trailers")); // gRPC over HTTP2: required
    }
    body.sendWith(outgoing);
    current = attempt;
    ContainerCall call = new ContainerCall(outgoing, attempt, relay::ended);
    attempt.sent(call);
    relay.began(call);
    call.send();
  }

  // ---- what an attempt tells, under the lock ---------------------------------------------------

  /** Whether it may be sent once more although a container has seen something of it. */
  private boolean isRepeatable() {
    return RetryRule.isIdempotent(method) && !body.isTouched();
  }

  /** Whether an answer of this status may be kept from the client, as another may be better. */
  boolean mayHold(int answerStatus) {
    return (answerStatus == 502 || answerStatus == 503 || answerStatus == 504) && isRepeatable();
  }

  /** A whole answer to a GET that says nothing at all. */
  boolean isEmptyWhereItShouldNot(int answerStatus) {
    return answerStatus == 200 && method.equals("GET") && !hasBegun() && isRepeatable();
  }

  HeldAnswer hold(Replica replica, AnswerHead head) {
    return new HeldAnswer(replica, head, relay.settings().heldAnswerBytesMax());
  }

  /** An answer was held back and is whole. */
  void heldAnswerEnded(CustomAttempt attempt, HeldAnswer held) {
    lastAnswer = held;
    if (held.head().status() >= 500) {
      attempt.lease().failed(FailureKind.BAD_STATUS);
      ended(attempt, "status_" + held.head().status());
    } else {
      attempt.lease().neutral(); // it may well mean it
      ended(attempt, "empty");
    }
    attemptOrGiveUp(request.plan().next(), Optional.empty());
  }

  boolean hasBegun() {
    return delivery.hasBegun();
  }

  void begin(Replica replica, AnswerHead head, boolean whole) {
    answeredBy = replica;
    firstByteNanos = System.nanoTime();
    status = head.status();
    delivery.begin(head, replica, request.instance().protocol(), whole);
  }

  void pass(CustomAttempt attempt, byte[] piece) {
    try {
      delivery.add(piece);
      pauseIfClogged(attempt);
    } catch (IOException e) {
      clientGone();
    }
  }

  void passOn(CustomAttempt attempt) {
    try {
      delivery.passOn();
      pauseIfClogged(attempt);
    } catch (IOException e) {
      clientGone();
    }
  }

  private void pauseIfClogged(CustomAttempt attempt) {
    if (answer.isClogged()) {
      attempt.pause();
    }
  }

  /** The container's answer is whole. */
  void answerEnded(CustomAttempt attempt) {
    if (status >= 500) {
      attempt.lease().failed(FailureKind.BAD_STATUS);
    } else if (status >= 400) {
      attempt.lease().neutral();
    } else {
      attempt.lease().succeeded();
    }
    ended(attempt, status < 400 ? "ok" : "status_" + status);
    delivery.end(attempt.trailers());
    if (!body.isEnded()) {
      attempt.cancel(); // the container has answered without the rest of the request
    }
    deliver(new Outcome.Answered(status));
  }

  void failed(CustomAttempt attempt, Failure failure) {
    ended(attempt, attempt.isCrowdedOut() ? "overloaded" : failure.word());
    if (failure == Failure.STALE_CONNECTION && isRepeatable()) {
      attempt(request.plan().repeat(attempt.lease()), true);
      return;
    }
    if (failure == Failure.STALE_CONNECTION || attempt.isCrowdedOut()) {
      attempt.lease().neutral();
    } else {
      attempt.lease().failed(kindOf(failure));
    }
    if (hasBegun()) {
      truncated(failure);
    } else if (mayFailOver(failure)) {
      Optional<Failure> last = attempt.isCrowdedOut() ? Optional.empty() : Optional.of(failure);
      attemptOrGiveUp(request.plan().next(), last);
    } else {
      unsent(Optional.of(failure));
    }
  }

  /** Not after a timeout: the container may still be at work on it. */
  private boolean mayFailOver(Failure failure) {
    boolean neverSent = failure == Failure.CONNECT_FAILED || failure == Failure.CONNECT_TIMEOUT;
    return neverSent || (!failure.isTimeout() && isRepeatable());
  }

  private static FailureKind kindOf(Failure failure) {
    return switch (failure) {
      case CONNECT_FAILED, CONNECT_TIMEOUT -> FailureKind.CONNECT;
      case CLOSED_BEFORE_HEAD, STALE_CONNECTION -> FailureKind.RESET;
      case CLOSED_IN_BODY -> FailureKind.CUT_OFF;
      case MALFORMED, HEAD_TOO_LARGE, ANSWER_TOO_LARGE -> FailureKind.BAD_ANSWER;
      case FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, TOTAL_TIMEOUT -> FailureKind.TIMEOUT;
    };
  }

  private void truncated(Failure failure) {
    Outcome how = new Outcome.Truncated(status, Optional.of(failure));
    if (delivery.breakOff(failure)) {
      deliver(how);
    } else {
      over(how);
    }
  }

  /** All replicas failed, and this is what the last one that answered said. */
  private void passHeld(HeldAnswer held) {
    begin(held.replica(), held.head(), true);
    delivery.endWith(held.body());
    deliver(new Outcome.Answered(status));
  }

  /** No container answered: the client gets our own words. */
  private void unsent(Optional<Failure> failure) {
    refuse(request.whenUnsent().apply(failure), failure);
  }

  private void refuse(ApiException error, Optional<Failure> failure) {
    status = error.type().status();
    delivery.refuse(error);
    deliver(new Outcome.Unsent(status, failure));
  }

  private void deliver(Outcome then) {
    whenDelivered = then;
    overIfDelivered();
  }

  private void overIfDelivered() {
    if (whenDelivered != null && answer.isDelivered()) {
      over(whenDelivered);
    }
  }

  private void ended(CustomAttempt attempt, String result) {
    attempts.add(attempt.ended(result));
  }

  private void over(Outcome how) {
    if (outcome == null) {
      outcome = how;
      watch.close();
    }
  }

  // ---- the client -------------------------------------------------------------------------------

  @Override
  public void onBodyRead() {
    CustomAttempt attempt = current;
    if (attempt != null) {
      attempt.active();
    }
  }

  @Override
  public void onBodyTooLarge() {
    synchronized (this) {
      CustomAttempt attempt = current;
      if (attempt == null || outcome != null || whenDelivered != null) {
        return;
      }
      stop(attempt, "request_too_large");
      if (hasBegun()) {
        answer.cut();
        over(new Outcome.ClientGone(status));
      } else {
        refuse(request.tooLarge(), Optional.empty());
      }
    }
    tellIfOver();
  }

  @Override
  public void onWritable() {
    boolean finishing;
    synchronized (this) {
      finishing = answer.isFinishing();
      if (!finishing && outcome == null) {
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
      answer.drain();
    } catch (IOException e) {
      clientGone();
      return;
    }
    if (!answer.isClogged()) {
      overIfDelivered();
      CustomAttempt attempt = current;
      if (outcome == null && attempt != null) {
        attempt.resume();
      }
    }
  }

  @Override
  public void onGone(Throwable cause) {
    LOG.debug("the client went away", cause);
    boolean finishing;
    synchronized (this) {
      finishing = answer.isFinishing();
      if (!finishing && outcome == null) {
        clientGone();
      }
    }
    if (finishing) {
      complete();
    } else {
      tellIfOver();
    }
  }

  private void clientGone() {
    CustomAttempt attempt = current;
    if (attempt != null && whenDelivered == null) {
      stop(attempt, "client_gone");
    }
    answer.end(new byte[0]);
    over(new Outcome.ClientGone(status));
  }

  private void stop(CustomAttempt attempt, String why) {
    attempt.cancel();
    attempt.lease().neutral();
    ended(attempt, why);
  }

  /** Nothing moves: time to look whether the client is still there. */
  void onSilence() {
    watch.begin();
  }

  // ---- the end ----------------------------------------------------------------------------------

  /** Outside the lock: whoever waits for the outcome may do much. */
  void tellIfOver() {
    Outcome how;
    synchronized (this) {
      how = outcome;
    }
    if (how != null && !done.isDone()) {
      done.complete(
          new Relayed(how, Optional.ofNullable(answeredBy), attempts, firstByteNanos, this));
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

  boolean isCurrent(CustomAttempt attempt) {
    return current == attempt && outcome == null && whenDelivered == null;
  }
}
