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

/**
 * The client's side of one exchange: which answer it gets, what of it has gone, and how that ends.
 * Knows nothing of attempts that failed unseen. All calls are made under the exchange's lock.
 */
final class AnswerDelivery {
  private static final byte[] BLANK_LINE = {'\n', '\n'};

  private final RelayRequest request;
  private final ClientAnswer answer;
  private final Delivered delivered;
  private final Gathered gathered = new Gathered();

  AnswerDelivery(RelayRequest request, ClientAnswer answer, Delivered delivered) {
    this.request = request;
    this.answer = answer;
    this.delivered = delivered;
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
    delivered.begun(replica, head.status(), atNanos);
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

  /** Whether a comment may stand after what the client has, and would reach it now. */
  boolean takesComment() {
    return answer.hasBegun()
        && !delivered.isEnded()
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
    delivered.end(gathered.take(), then);
  }

  /** The client holds part of an answer that will never be whole. */
  void breakOff(boolean eventStream, Failure failure) {
    int status = delivered.status();
    if (!eventStream) {
      delivered.cut(new Outcome.Truncated(status, Optional.of(failure)));
      return;
    }
    if (!request.tap().brokenOff()) {
      gathered.accept(BLANK_LINE, 0, BLANK_LINE.length); // ends the event that was cut in two
    }
    if (request.tap().reportedError()) { // the client has its one error event
      delivered.end(gathered.take(), new Outcome.Truncated(status, Optional.empty()));
      return;
    }
    byte[] event = ErrorJson.event(error(failure));
    gathered.accept(event, 0, event.length);
    delivered.end(gathered.take(), new Outcome.Truncated(status, Optional.of(failure)));
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
    request.follower().answeringAfterFailure(answer.response());
    int status = held.head().status();
    delivered.begun(held.replica(), status, 0);
    answer.begin(held.head(), true, held.replica().region());
    delivered.end(
        held.body(),
        status < 300
            ? new Outcome.Truncated(status, Optional.empty()) // empty, or an error from the start
            : new Outcome.Answered(status));
  }

  /** No container answered: the client gets our own words. */
  void refuse(Optional<Failure> failure) {
    request.follower().answeringAfterFailure(answer.response());
    ApiException error = request.whenUnsent().apply(failure);
    int status = error.type().status();
    delivered.refused(status);
    delivered.end(answer.begin(error), new Outcome.Unsent(status, failure));
  }

  /**
   * The client went away; a failure that it was yet to hear the end of stays one.
   *
   * @param asked whether a container has anything of the request
   */
  void abandon(boolean asked) {
    Outcome known = delivered.whenDelivered();
    delivered.abandon(
        known == null || known instanceof Outcome.Answered
            ? new Outcome.ClientGone(delivered.status(), asked)
            : known);
  }
}
