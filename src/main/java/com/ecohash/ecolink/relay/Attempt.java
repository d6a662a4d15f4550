package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.openai.AnswerTap;
import com.ecohash.ecolink.openai.EventStream;
import com.ecohash.ecolink.relay.upstream.AnswerHead;
import com.ecohash.ecolink.relay.upstream.Call;
import com.ecohash.ecolink.relay.upstream.CallListener;
import com.ecohash.ecolink.relay.upstream.Failure;
import com.ecohash.ecolink.routing.Lease;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of an exchange at one replica: decides, while the client has nothing yet, whether the
 * answer is passed on or held back, and passes it through the tap. Runs on the call's loop, under
 * the exchange's lock.
 */
final class Attempt implements CallListener {
  private final RelayedExchange exchange;
  private final Attempts attempts;
  private final AnswerDelivery delivery;
  private final AnswerTap tap;
  private final Lease lease;
  private final AttemptFollower follower;
  private final long startedNanos = System.nanoTime();
  private @Nullable Call call;
  private @Nullable AnswerHead head;
  private @Nullable HeldAnswer held;
  private boolean eventStream;

  Attempt(
      RelayedExchange exchange,
      Attempts attempts,
      AnswerDelivery delivery,
      RelayRequest request,
      Lease lease) {
    this.exchange = exchange;
    this.attempts = attempts;
    this.delivery = delivery;
    this.tap = request.tap();
    this.lease = lease;
    this.follower = request.follower().attempt(lease);
  }

  Lease lease() {
    return lease;
  }

  Replica replica() {
    return lease.replica();
  }

  boolean isEventStream() {
    return eventStream;
  }

  Optional<String> traceparent() {
    return follower.traceparent();
  }

  void sent(Call sent) {
    call = sent;
  }

  /** Empty until the request is on its way. */
  Optional<Call> call() {
    return Optional.ofNullable(call);
  }

  Attempted ended(String result) {
    Attempted how =
        new Attempted(
            replica(),
            lease.reason().wireName(),
            result,
            call == null ? 0 : call.connectNanos(),
            System.nanoTime() - startedNanos);
    follower.ended(how);
    return how;
  }

  @Override
  public void onHead(AnswerHead newHead) {
    synchronized (exchange) {
      if (!attempts.isCurrent(this)) {
        return;
      }
      head = newHead;
      // One that is encoded can be neither read nor added to: it passes as it is.
      String contentType = newHead.isEncoded() ? null : newHead.first("content-type");
      eventStream = EventStream.is(contentType);
      if (attempts.mayHold(newHead.status())) {
        held = attempts.hold(this, newHead);
      } else {
        tap.begin(newHead.status(), contentType);
      }
    }
  }

  @Override
  public void onBody(byte[] bytes, int offset, int length) {
    synchronized (exchange) {
      if (!attempts.isCurrent(this)) {
        return;
      }
      if (held != null) {
        held.add(bytes, offset, length);
      } else {
        tap.feed(bytes, offset, length, delivery.gathered());
        beginOrHold();
      }
    }
  }

  @Override
  public void onPause() {
    synchronized (exchange) {
      if (attempts.isCurrent(this) && held == null) {
        passOn();
      }
    }
    exchange.tellIfOver();
  }

  @Override
  public void onEnd() {
    synchronized (exchange) {
      AnswerHead whole = head;
      if (!attempts.isCurrent(this) || whole == null) {
        return;
      }
      if (held == null && whole.endsWithConnection() && tap.isUnfinished()) {
        attempts.failed(this, Failure.CLOSED_IN_BODY);
      } else {
        ended(whole);
      }
    }
    exchange.tellIfOver();
  }

  private void ended(AnswerHead whole) {
    if (held == null) {
      tap.end(delivery.gathered());
      beginOrHold();
    }
    if (held == null && !delivery.hasBegun()) {
      if (whole.status() < 300) {
        held = holdGathered(whole); // an empty success is none, nor are mere comments
      } else {
        begin(whole);
      }
    }
    if (held != null) {
      attempts.heldAnswerEnded(this, held);
    } else {
      attempts.answerEnded(this);
    }
  }

  @Override
  public void onFailure(Failure failure) {
    synchronized (exchange) {
      HeldAnswer incomplete = held;
      if (!attempts.isCurrent(this)) {
        return;
      }
      if (incomplete == null) {
        attempts.failed(this, failure);
      } else {
        incomplete.brokeOff(failure);
        attempts.heldAnswerEnded(this, incomplete);
      }
    }
    exchange.tellIfOver();
  }

  @Override
  public void onSilence(long silentNanos) {
    synchronized (exchange) {
      if (attempts.isCurrent(this)) {
        passKeepAlive();
        exchange.onSilence(eventStream, silentNanos);
      }
    }
    exchange.tellIfOver();
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
      begin(present);
    }
  }

  /** A comment is there to keep the client's connection alive, so it goes when nothing follows. */
  private void passKeepAlive() {
    AnswerHead present = head;
    if (held == null && present != null && !delivery.gathered().isEmpty()) {
      if (!delivery.hasBegun()) {
        begin(present);
      }
      passOn();
    }
  }

  private HeldAnswer holdGathered(AnswerHead present) {
    byte[] bytes = delivery.gathered().take();
    HeldAnswer failed = attempts.hold(this, present);
    failed.add(bytes, 0, bytes.length);
    return failed;
  }

  /** Passes on what was gathered of one read, of an answer that goes on. */
  private void passOn() {
    if (delivery.gathered().isEmpty() || !delivery.hasBegun()) {
      return;
    }
    try {
      if (delivery.passOn()) {
        call().ifPresent(Call::pause);
      }
    } catch (IOException e) {
      attempts.abandon();
    }
  }

  private void begin(AnswerHead present) {
    long now = System.nanoTime();
    Call answering = call;
    long connectNanos = answering == null ? 0 : answering.connectNanos();
    long firstByteNanos = now - (answering == null ? startedNanos : answering.sentNanos());
    if (present.status() < 400 && answering != null) {
      lease.firstByte(firstByteNanos);
    }
    delivery.follow(connectNanos, firstByteNanos);
    attempts.begin(this, present, now);
  }
}
