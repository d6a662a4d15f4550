package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.openai.AnswerTap;
import com.ecohash.ecolink.openai.EventStream;
import com.ecohash.ecolink.relay.upstream.AnswerHead;
import com.ecohash.ecolink.relay.upstream.Call;
import com.ecohash.ecolink.relay.upstream.Failure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one attempt as it comes: passes it through the tap, and decides, while the client
 * has nothing yet, whether it is passed on or held back. All calls are made under the exchange's
 * lock.
 */
final class AttemptAnswer {
  private final Attempt attempt;
  private final Attempts attempts;
  private final AnswerDelivery delivery;
  private final AnswerTap tap;
  private @Nullable AnswerHead head;
  private @Nullable HeldAnswer held;
  private boolean eventStream;

  AttemptAnswer(Attempt attempt, Attempts attempts, AnswerDelivery delivery, AnswerTap tap) {
    this.attempt = attempt;
    this.attempts = attempts;
    this.delivery = delivery;
    this.tap = tap;
  }

  boolean isEventStream() {
    return eventStream;
  }

  void begin(AnswerHead newHead) {
    head = newHead;
    // One that is encoded can be neither read nor added to: it passes as it is.
    String contentType = newHead.isEncoded() ? null : newHead.first("content-type");
    eventStream = EventStream.is(contentType);
    if (attempts.mayHold(newHead.status())) {
      held = attempts.hold(attempt, newHead);
    } else {
      tap.begin(newHead.status(), contentType);
    }
  }

  void feed(byte[] bytes, int offset, int length) {
    if (held != null) {
      held.add(bytes, offset, length);
    } else {
      tap.feed(bytes, offset, length, delivery.gathered());
      beginOrHold();
    }
  }

  /** Passes on what was gathered of one read, of an answer that goes on. */
  void passOn() {
    if (held != null || delivery.gathered().isEmpty() || !delivery.hasBegun()) {
      return;
    }
    try {
      if (delivery.passOn()) {
        attempt.call().ifPresent(Call::pause);
      }
    } catch (IOException e) {
      attempts.abandon();
    }
  }

  /** A comment is there to keep the client's connection alive, so it goes when nothing follows. */
  void passKeepAlive() {
    AnswerHead present = head;
    boolean waits = held == null && !delivery.hasBegun() && !delivery.gathered().isEmpty();
    if (waits && present != null) {
      attempt.begin(present);
      passOn();
    }
  }

  /** The container says that it is whole. */
  void end() {
    AnswerHead present = head;
    if (present == null) {
      throw new IllegalStateException("an answer without a head");
    }
    if (held == null && present.endsWithConnection() && tap.isUnfinished()) {
      attempts.failed(attempt, Failure.CLOSED_IN_BODY);
      return;
    }
    if (held == null) {
      tap.end(delivery.gathered());
      beginOrHold();
    }
    if (held == null && !delivery.hasBegun()) {
      if (present.status() < 300) {
        held = holdGathered(present); // an empty success is none, nor are mere comments
      } else {
        attempt.begin(present);
      }
    }
    if (held != null) {
      attempts.heldAnswerEnded(attempt, held);
    } else {
      attempts.answerEnded(attempt);
    }
  }

  void fail(Failure failure) {
    if (held == null) {
      attempts.failed(attempt, failure);
    } else {
      held.brokeOff(failure);
      attempts.heldAnswerEnded(attempt, held);
    }
  }

  /**
   * With the first event it shows what this answer is: one to pass on, or a failure in the guise of
   * a stream, which is held back as long as another region may do better. Comments before it wait
   * for it, but not into a silence.
   */
  private void beginOrHold() {
    AnswerHead present = head;
    if (delivery.gathered().isEmpty() || delivery.hasBegun() || present == null) {
      return;
    }
    if (tap.beginsWithError()) {
      held = holdGathered(present);
    } else if (!tap.isUndecided() || !attempts.mayWait(delivery.gathered().size())) {
      attempt.begin(present);
    }
  }

  private HeldAnswer holdGathered(AnswerHead present) {
    byte[] bytes = delivery.gathered().take();
    HeldAnswer failed = attempts.hold(attempt, present);
    failed.add(bytes, 0, bytes.length);
    return failed;
  }
}
