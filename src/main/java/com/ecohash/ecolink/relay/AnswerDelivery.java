package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorJson;
import com.ecohash.ecolink.openai.ErrorType;
import com.ecohash.ecolink.openai.EventStream;
import com.ecohash.ecolink.relay.upstream.AnswerHead;
import com.ecohash.ecolink.relay.upstream.Failure;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one exchange: which answer it gets, what of it has gone, and how that ends.
 * Knows nothing of attempts that failed unseen. All calls are made under the exchange's lock.
 */
final class AnswerDelivery {
  private static final byte[] BLANK_LINE = {'\n', '\n'};
  private static final byte[] NOTHING = {};

  private final RelayRequest request;
  private final ClientAnswer answer;
  private final Gathered gathered = new Gathered();

  private @Nullable Replica answeredBy;
  private long firstByteNanos;
  private int status;

  /** The outcome once the client has what there is for it; null while there may be more. */
  private @Nullable Outcome whenDelivered;

  private @Nullable Outcome outcome;

  AnswerDelivery(RelayRequest request, ClientAnswer answer) {
    this.request = request;
    this.answer = answer;
  }

  // ---- an answer that goes on -------------------------------------------------------------------

  /** Whether the client has, or will have, the head of an answer. */
  boolean hasBegun() {
    return answer.hasBegun();
  }

  /** The client's answer is about to begin: whoever follows may say something on it. */
  void follow(long connectNanos, long firstByteNanos) {
    request.follower().answering(answer.response(), connectNanos, firstByteNanos);
  }

  void begin(Replica replica, AnswerHead head, boolean withLength, long atNanos) {
    answeredBy = replica;
    firstByteNanos = atNanos;
    status = head.status();
    answer.begin(head, withLength, replica.region());
  }

  /** Where the tap puts what may go on. */
  Gathered gathered() {
    return gathered;
  }

  /**
   * Passes on what was gathered of one read.
   *
   * @return whether the client is slower than the container
   */
  boolean passOn() throws IOException {
    answer.write(gathered.take());
    answer.flush();
    return answer.isClogged();
  }

  /**
   * Writes what waits, as far as the client takes it.
   *
   * @return whether it takes more
   */
  boolean drain() throws IOException {
    answer.drain();
    if (answer.isClogged()) {
      return false;
    }
    overIfDelivered();
    return outcome == null;
  }

  /** Whether a comment may stand after what the client has, and would reach it now. */
  boolean takesComment() {
    return answer.hasBegun()
        && whenDelivered == null
        && !answer.isClogged()
        && request.tap().isBetweenEvents();
  }

  void comment() throws IOException {
    answer.write(EventStream.keepAlive());
    answer.flush();
  }

  // ---- its end ----------------------------------------------------------------------------------

  /** What was gathered is the last of the answer. */
  void end(Outcome then) {
    deliver(gathered.take(), then);
  }

  /** The client holds part of an answer that will never be whole. */
  void breakOff(boolean eventStream, Failure failure) {
    if (!eventStream) {
      answer.cut();
      over(new Outcome.Truncated(status, Optional.of(failure)));
      return;
    }
    if (!request.tap().brokenOff()) {
      gathered.accept(BLANK_LINE, 0, BLANK_LINE.length); // ends the event that was cut in two
    }
    if (request.tap().reportedError()) { // the client has its one error event
      deliver(gathered.take(), new Outcome.Truncated(status, Optional.empty()));
      return;
    }
    byte[] event = ErrorJson.event(error(failure));
    gathered.accept(event, 0, event.length);
    deliver(gathered.take(), new Outcome.Truncated(status, Optional.of(failure)));
  }

  private static ApiException error(Failure failure) {
    return failure.isTimeout()
        ? new ApiException(
            ErrorType.TIMEOUT,
            "The container stopped answering in mid-stream (" + failure.sentence() + ").")
        : new ApiException(
            ErrorType.CONTAINER_FAILED,
            "The container ended in mid-stream. What was sent so far is incomplete.");
  }

  /** All replicas failed, and this is what the last one that answered said. */
  void passHeld(HeldAnswer held) {
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
  void refuse(Optional<Failure> failure) {
    ApiException error = request.whenUnsent().apply(failure);
    status = error.type().status();
    deliver(answer.begin(error), new Outcome.Unsent(status, failure));
  }

  /** The client went away; a failure that it was yet to hear the end of stays one. */
  void abandon() {
    Outcome known = whenDelivered;
    if (known == null || known instanceof Outcome.Answered) {
      abandon(new Outcome.ClientGone(status));
    } else {
      abandon(known);
    }
  }

  /** The client went away, and this is what it means. */
  void abandon(Outcome how) {
    answer.end(NOTHING);
    over(how);
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

  private void over(Outcome how) {
    if (outcome == null) {
      outcome = how;
    }
  }

  // ---- what became of it ------------------------------------------------------------------------

  /** Whether all that there is for the client is known, though it may not have taken it yet. */
  boolean isEnded() {
    return whenDelivered != null;
  }

  /** Null while the exchange goes on. */
  @Nullable Outcome outcome() {
    return outcome;
  }

  /** Of the answer that the client got, or began to get; 0 if none. */
  int status() {
    return status;
  }

  Optional<Replica> answeredBy() {
    return Optional.ofNullable(answeredBy);
  }

  /** When the answer began, on {@link System#nanoTime}'s scale; 0 if none did. */
  long firstByteNanos() {
    return firstByteNanos;
  }
}
