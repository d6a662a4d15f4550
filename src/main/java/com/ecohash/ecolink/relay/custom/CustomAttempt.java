package com.ecohash.ecolink.relay.custom;

import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.relay.AttemptFollower;
import com.ecohash.ecolink.relay.Attempted;
import com.ecohash.ecolink.relay.HeldAnswer;
import com.ecohash.ecolink.relay.upstream.AnswerHead;
import com.ecohash.ecolink.relay.upstream.CallListener;
import com.ecohash.ecolink.relay.upstream.Failure;
import com.ecohash.ecolink.routing.Lease;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of an exchange at one replica: decides, while the client has nothing yet, whether the
 * answer is passed on or held back. Takes the exchange's lock for each thing it is told.
 */
final class CustomAttempt implements CallListener {
  private final CustomExchange exchange;
  private final CustomAttempts attempts;
  private final Delivery delivery;
  private final Lease lease;
  private final AttemptFollower follower;
  private final long startedNanos = System.nanoTime();
  private @Nullable ContainerCall call;
  private @Nullable AnswerHead head;
  private @Nullable HeldAnswer held;
  private long firstByteNanos;

  CustomAttempt(
      CustomExchange exchange,
      CustomAttempts attempts,
      Delivery delivery,
      Lease lease,
      AttemptFollower follower) {
    this.exchange = exchange;
    this.attempts = attempts;
    this.delivery = delivery;
    this.lease = lease;
    this.follower = follower;
  }

  Lease lease() {
    return lease;
  }

  Replica replica() {
    return lease.replica();
  }

  void sent(ContainerCall sent) {
    call = sent;
  }

  private void pause() {
    if (call != null) {
      call.pause();
    }
  }

  void resume() {
    if (call != null) {
      call.resume();
    }
  }

  void cancel() {
    if (call != null) {
      call.cancel();
    }
  }

  boolean isSent() {
    return call != null && call.isSent();
  }

  void active() {
    if (call != null) {
      call.active();
    }
  }

  Map<String, String> trailers() {
    return call == null ? Map.of() : call.trailers();
  }

  Attempted ended(String result) {
    Attempted how =
        new Attempted(
            replica(),
            lease.reason().wireName(),
            result,
            connectNanos(),
            System.nanoTime() - startedNanos);
    follower.ended(how);
    return how;
  }

  private long connectNanos() {
    return call == null ? 0 : call.connectNanos();
  }

  @Override
  public void onHead(AnswerHead newHead) {
    synchronized (exchange) {
      if (!attempts.isCurrent(this)) {
        return;
      }
      head = newHead;
      firstByteNanos = System.nanoTime() - (call == null ? startedNanos : call.sentNanos());
      if (newHead.status() < 400 && call != null) {
        lease.firstByte(firstByteNanos);
      }
      if (attempts.mayHold(newHead.status())) {
        held = attempts.hold(replica(), newHead);
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
        beginIfNew(false);
        pass(bytes);
      }
    }
    exchange.tellIfOver();
  }

  @Override
  public void onPause() {
    synchronized (exchange) {
      if (attempts.isCurrent(this) && held == null) {
        beginIfNew(false);
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
      if (held == null && attempts.isEmptyWhereItShouldNot(whole.status())) {
        held = attempts.hold(replica(), whole);
      }
      if (held != null) {
        attempts.heldAnswerEnded(this, held);
      } else {
        beginIfNew(trailers().isEmpty());
        attempts.answerEnded(this);
      }
    }
    exchange.tellIfOver();
  }

  private void pass(byte[] piece) {
    try {
      delivery.add(piece);
      pauseIfClogged();
    } catch (IOException e) {
      attempts.abandon();
    }
  }

  private void passOn() {
    try {
      delivery.passOn();
      pauseIfClogged();
    } catch (IOException e) {
      attempts.abandon();
    }
  }

  private void pauseIfClogged() {
    if (delivery.isClogged()) {
      pause();
    }
  }

  private void beginIfNew(boolean whole) {
    AnswerHead present = head;
    if (present != null && !delivery.hasBegun()) {
      delivery.follow(connectNanos(), firstByteNanos);
      attempts.begin(this, present, whole);
    }
  }

  @Override
  public void onFailure(Failure failure) {
    synchronized (exchange) {
      if (attempts.isCurrent(this)) {
        attempts.failed(this, failure);
      }
    }
    exchange.tellIfOver();
  }

  @Override
  public void onSilence(long silentNanos) {
    synchronized (exchange) {
      if (!attempts.isCurrent(this)) {
        return;
      }
      exchange.onSilence();
    }
    exchange.lookAgain();
  }
}
