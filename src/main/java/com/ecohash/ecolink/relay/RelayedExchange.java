package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorJson;
import com.ecohash.ecolink.openai.ErrorType;
import com.ecohash.ecolink.relay.upstream.AnswerHead;
import com.ecohash.ecolink.relay.upstream.Failure;
import com.ecohash.ecolink.relay.upstream.UpstreamRequest;
import com.ecohash.ecolink.routing.FailureKind;
import com.ecohash.ecolink.routing.Lease;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
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
 * One exchange between a client and, one after the other, the replicas of its plan. Three parties
 * call in on threads of their own: the container's loop through the present {@link Attempt}, the
 * servlet container through {@link ClientAnswer}, and the watch that sees a client leave. All take
 * this object's lock, and none holds it while it waits; the outcome is told after it is released.
 */
final class RelayedExchange implements ClientAnswer.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(RelayedExchange.class);

  private static final byte[] BLANK_LINE = {'\n', '\n'};

  private final Relay relay;
  private final RelayRequest request;
  private final ResendableBody body;
  private final ClientAnswer answer;
  private final ClientWatch watch;
  private final CompletableFuture<Relayed> done = new CompletableFuture<>();
  private final List<Attempted> attempts = new ArrayList<>(2);
  private final Gathered gathered = new Gathered();

  private @Nullable Attempt current;
  private @Nullable HeldAnswer lastAnswer;
  private @Nullable Replica answeredBy;
  private long firstByteNanos;
  private int status;

  /** The outcome once the client has what there is for it; null while there may be more. */
  private @Nullable Outcome whenDelivered;

  private @Nullable Outcome outcome;

  RelayedExchange(Relay relay, RelayRequest request, AsyncContext async) throws IOException {
    this.relay = relay;
    this.request = request;
    this.body = new ResendableBody(request);
    this.watch = ClientWatch.of(async, () -> onGone(new IOException("the client left")));
    this.answer = new ClientAnswer(async, this);
  }

  CompletableFuture<Relayed> done() {
    return done;
  }

  /**
   * @param first the plan's first lease
   */
  void start(Optional<Lease> first) {
    synchronized (this) {
      attemptOrGiveUp(first, Optional.empty());
    }
    tellIfOver();
  }

  // ---- attempts ---------------------------------------------------------------------------------

  private void nextReplica(Optional<Failure> lastFailure) {
    attemptOrGiveUp(request.plan().next(), lastFailure);
  }

  private void attemptOrGiveUp(Optional<Lease> lease, Optional<Failure> lastFailure) {
    if (lease.isPresent()) {
      attempt(lease.get(), false);
    } else if (lastAnswer != null && !lastAnswer.isOverLimit()) {
      passHeld(lastAnswer);
    } else {
      unsent(lastFailure);
    }
  }

  private void attempt(Lease lease, boolean fresh) {
    Attempt attempt = new Attempt(this, lease);
    current = attempt;
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
    synchronized (this) {
      if (current != attempt || outcome != null) {
        return;
      }
      if (found == null) {
        LOG.warn("{} has no address", attempt.replica().endpoint(), failure);
        failed(attempt, Failure.CONNECT_FAILED);
      } else {
        send(attempt, found, fresh);
      }
    }
    tellIfOver();
  }

  private void send(Attempt attempt, InetSocketAddress address, boolean fresh) {
    UpstreamRequest outgoing =
        request.request().to(request.instance(), attempt.replica().endpoint(), body.outgoing());
    try {
      attempt.sent(relay.upstream().send(address, outgoing, fresh, attempt));
    } catch (UncheckedIOException e) {
      LOG.error("no connection can be opened", e);
      failed(attempt, Failure.CONNECT_FAILED);
    }
  }

  // ---- what an attempt tells, under the lock ---------------------------------------------------

  /** Whether an answer of this status may be kept from the client, as another may be better. */
  boolean mayHold(int answerStatus) {
    return answerStatus == 502
        || answerStatus == 503
        || answerStatus == 504
        || (answerStatus == 400 && body.isAided());
  }

  HeldAnswer hold(Replica replica, AnswerHead head) {
    return new HeldAnswer(replica, head, relay.settings().heldAnswerBytesMax());
  }

  /** An answer was held back and is whole. */
  void heldAnswerEnded(Attempt attempt, HeldAnswer held) {
    int heldStatus = held.head().status();
    lastAnswer = held;
    if (heldStatus == 400) {
      attempt.lease().neutral();
      ended(attempt, "status_400");
      body.withoutAid();
      attempt(request.plan().repeat(attempt.lease()), false);
      return;
    }
    boolean badStatus = heldStatus >= 500;
    attempt.lease().failed(badStatus ? FailureKind.BAD_STATUS : FailureKind.BAD_ANSWER);
    ended(attempt, badStatus ? "status_" + heldStatus : "bad_answer");
    nextReplica(Optional.empty());
  }

  void beginAnswer(Replica replica, AnswerHead head, boolean withLength, long atNanos) {
    answeredBy = replica;
    firstByteNanos = atNanos;
    status = head.status();
    body.answered();
    answer.begin(head, withLength, replica.region());
  }

  Gathered gathered() {
    return gathered;
  }

  RelayRequest request() {
    return request;
  }

  boolean hasBegun() {
    return answer.hasBegun();
  }

  /** Passes on what was gathered of one read, of an answer that goes on. */
  void passOn(Attempt attempt) {
    if (gathered.isEmpty()) {
      return;
    }
    try {
      answer.write(gathered.take());
      answer.flush();
      if (answer.isClogged()) {
        attempt.pause();
      }
    } catch (IOException e) {
      clientGone();
    }
  }

  /** The container's answer is whole; what was gathered is the last of it. */
  void answerEnded(Attempt attempt) {
    boolean reportedError = request.tap().reportedError();
    if (status >= 500) {
      attempt.lease().failed(FailureKind.BAD_STATUS);
    } else if (status >= 400) {
      attempt.lease().neutral();
    } else if (reportedError) {
      attempt.lease().failed(FailureKind.CUT_OFF);
    } else {
      attempt.lease().succeeded();
      if (body.wasAidRefused() && status < 300) {
        relay.refusesAdditions(request.instance().id());
      }
    }
    ended(attempt, reportedError ? "error_event" : status < 400 ? "ok" : "status_" + status);
    deliver(
        gathered.take(),
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
    attempt.lease().failed(kindOf(failure));
    ended(attempt, failure.word());
    if (answer.hasBegun()) {
      truncated(attempt, failure);
    } else if (failure.isTimeout()) {
      unsent(Optional.of(failure)); // no failover: it may still be at work on it
    } else {
      nextReplica(Optional.of(failure));
    }
  }

  private static FailureKind kindOf(Failure failure) {
    return switch (failure) {
      case CONNECT_FAILED, CONNECT_TIMEOUT -> FailureKind.CONNECT;
      case CLOSED_BEFORE_HEAD, STALE_CONNECTION -> FailureKind.RESET;
      case CLOSED_IN_BODY -> FailureKind.CUT_OFF;
      case MALFORMED -> FailureKind.BAD_ANSWER;
      case FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, TOTAL_TIMEOUT -> FailureKind.TIMEOUT;
    };
  }

  /** The client holds part of an answer that will never be whole. */
  private void truncated(Attempt attempt, Failure failure) {
    if (attempt.isEventStream()) {
      ApiException error =
          new ApiException(
              failure.isTimeout() ? ErrorType.TIMEOUT : ErrorType.CONTAINER_FAILED,
              failure.isTimeout()
                  ? "The container stopped answering in mid-stream (" + failure.word() + ")."
                  : "The container ended in mid-stream. What was sent so far is incomplete.");
      if (!request.tap().brokenOff()) {
        gathered.accept(BLANK_LINE, 0, BLANK_LINE.length); // ends the event that was cut in two
      }
      byte[] event = ErrorJson.event(error);
      gathered.accept(event, 0, event.length);
      deliver(gathered.take(), new Outcome.Truncated(status, Optional.of(failure)));
    } else {
      answer.cut();
      over(new Outcome.Truncated(status, Optional.of(failure)));
    }
  }

  /** All replicas failed, and this is what the last one that answered said. */
  private void passHeld(HeldAnswer held) {
    answeredBy = held.replica();
    status = held.head().status();
    answer.begin(held.head(), true, held.replica().region());
    deliver(
        held.body(),
        status < 300
            ? new Outcome.Truncated(status, Optional.empty()) // empty, or an error from the start
            : new Outcome.Answered(status));
  }

  /** No container answered: the client gets our own words. */
  private void unsent(Optional<Failure> failure) {
    ApiException error = request.whenUnsent().apply(failure);
    status = error.type().status();
    deliver(answer.begin(error), new Outcome.Unsent(status, failure));
  }

  private void deliver(byte[] lastBytes, Outcome then) {
    answer.end(lastBytes);
    whenDelivered = then;
    overIfDelivered();
  }

  private void overIfDelivered() {
    if (whenDelivered != null && answer.isDelivered()) {
      over(whenDelivered);
    }
  }

  private void ended(Attempt attempt, String result) {
    attempts.add(attempt.ended(result));
  }

  private void over(Outcome how) {
    if (outcome == null) {
      outcome = how;
      watch.close();
      body.close();
    }
  }

  // ---- the client -------------------------------------------------------------------------------

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
      if (outcome == null && current != null) {
        current.resume();
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
      answer.complete();
    } else {
      tellIfOver();
    }
  }

  private void clientGone() {
    Attempt attempt = current;
    if (attempt != null && whenDelivered == null) {
      attempt.cancel();
      attempt.lease().neutral();
      ended(attempt, "client_gone");
    }
    answer.end(new byte[0]);
    over(new Outcome.ClientGone(status));
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
          new Relayed(
              how, Optional.ofNullable(answeredBy), attempts, firstByteNanos, this::finish));
    }
  }

  private void finish() {
    boolean sent;
    synchronized (this) {
      sent = answer.finish();
    }
    if (sent) {
      answer.complete();
    }
  }

  boolean isCurrent(Attempt attempt) {
    return current == attempt && outcome == null;
  }
}
