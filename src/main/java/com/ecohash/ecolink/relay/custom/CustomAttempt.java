package com.ecohash.ecolink.relay.custom;

import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.relay.Attempted;
import com.ecohash.ecolink.relay.HeldAnswer;
import com.ecohash.ecolink.relay.upstream.AnswerHead;
import com.ecohash.ecolink.relay.upstream.CallListener;
import com.ecohash.ecolink.relay.upstream.Failure;
import com.ecohash.ecolink.routing.Lease;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of an exchange at one replica: decides, while the client has nothing yet, whether the
 * answer is passed on or held back. Takes the exchange's lock for each thing it is told.
 */
final class CustomAttempt implements CallListener {
  private final CustomExchange exchange;
  private final Lease lease;
  private final long startedNanos = System.nanoTime();
  private @Nullable ContainerCall call;
  private @Nullable AnswerHead head;
  private @Nullable HeldAnswer held;

  CustomAttempt(CustomExchange exchange, Lease lease) {
    this.exchange = exchange;
    this.lease = lease;
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

  void pause() {
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

  void active() {
    if (call != null) {
      call.active();
    }
  }

  boolean isCrowdedOut() {
    return call != null && call.isCrowdedOut();
  }

  Map<String, String> trailers() {
    return call == null ? Map.of() : call.trailers();
  }

  Attempted ended(String result) {
    return new Attempted(
        replica(),
        lease.reason().wireName(),
        result,
        call == null ? 0 : call.connectNanos(),
        System.nanoTime() - startedNanos);
  }

  @Override
  public void onHead(AnswerHead newHead) {
    synchronized (exchange) {
      if (!exchange.isCurrent(this)) {
        return;
      }
      head = newHead;
      if (newHead.status() < 400 && call != null) {
        lease.firstByte(System.nanoTime() - call.sentNanos());
      }
      if (exchange.mayHold(newHead.status())) {
        held = exchange.hold(replica(), newHead);
      }
    }
  }

  @Override
  public void onBody(byte[] bytes, int offset, int length) {
    synchronized (exchange) {
      if (!exchange.isCurrent(this)) {
        return;
      }
      if (held != null) {
        held.add(bytes, offset, length);
      } else {
        beginIfNew(false);
        exchange.pass(this, bytes);
      }
    }
    exchange.tellIfOver();
  }

  @Override
  public void onPause() {
    synchronized (exchange) {
      if (exchange.isCurrent(this) && held == null) {
        beginIfNew(false);
        exchange.passOn(this);
      }
    }
    exchange.tellIfOver();
  }

  @Override
  public void onEnd() {
    synchronized (exchange) {
      AnswerHead whole = head;
      if (!exchange.isCurrent(this) || whole == null) {
        return;
      }
      if (held == null && exchange.isEmptyWhereItShouldNot(whole.status())) {
        held = exchange.hold(replica(), whole);
      }
      if (held != null) {
        exchange.heldAnswerEnded(this, held);
      } else {
        beginIfNew(trailers().isEmpty());
        exchange.answerEnded(this);
      }
    }
    exchange.tellIfOver();
  }

  private void beginIfNew(boolean whole) {
    AnswerHead present = head;
    if (present != null && !exchange.hasBegun()) {
      exchange.begin(replica(), present, whole);
    }
  }

  @Override
  public void onFailure(Failure failure) {
    synchronized (exchange) {
      if (exchange.isCurrent(this)) {
        exchange.failed(this, failure);
      }
    }
    exchange.tellIfOver();
  }

  @Override
  public void onSilence(long silentNanos) {
    synchronized (exchange) {
      if (exchange.isCurrent(this)) {
        exchange.onSilence();
      }
    }
  }
}
