package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.openai.AnswerTap;
import com.ecohash.ecolink.relay.upstream.AnswerHead;
import com.ecohash.ecolink.relay.upstream.Call;
import com.ecohash.ecolink.relay.upstream.CallListener;
import com.ecohash.ecolink.relay.upstream.Failure;
import com.ecohash.ecolink.routing.Lease;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of an exchange at one replica: decides, while the client has nothing yet, whether the
 * answer is passed on or held back, and passes it through the tap. Runs on the call's loop, under
 * the exchange's lock.
 */
final class Attempt implements CallListener {
  private final RelayedExchange exchange;
  private final Lease lease;
  private final long startedNanos = System.nanoTime();
  private @Nullable Call call;
  private @Nullable AnswerHead head;
  private @Nullable HeldAnswer held;
  private boolean eventStream;

  Attempt(RelayedExchange exchange, Lease lease) {
    this.exchange = exchange;
    this.lease = lease;
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

  void sent(Call sent) {
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
      String contentType = newHead.first("content-type");
      eventStream =
          contentType != null
              && contentType.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
      if (exchange.mayHold(newHead.status())) {
        held = exchange.hold(replica(), newHead);
      } else {
        tap().begin(newHead.status(), contentType);
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
        tap().feed(bytes, offset, length, exchange.gathered());
        beginOrHold();
      }
    }
  }

  @Override
  public void onPause() {
    synchronized (exchange) {
      if (exchange.isCurrent(this) && held == null) {
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
      if (held == null) {
        tap().end(exchange.gathered());
        beginOrHold();
      }
      if (held == null && !exchange.hasBegun()) {
        if (whole.status() < 300) {
          held = exchange.hold(replica(), whole); // an empty success is none
        } else {
          begin(whole);
        }
      }
      if (held != null) {
        exchange.heldAnswerEnded(this, held);
      } else {
        exchange.answerEnded(this);
      }
    }
    exchange.tellIfOver();
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
  public void onSilence() {
    synchronized (exchange) {
      if (exchange.isCurrent(this)) {
        exchange.onSilence();
      }
    }
  }

  /**
   * With the first bytes that may go to the client it shows what this answer is: one to pass on, or
   * a failure in the guise of a stream, which is held back as long as another region may do better.
   */
  private void beginOrHold() {
    AnswerHead present = head;
    if (exchange.gathered().isEmpty() || exchange.hasBegun() || present == null) {
      return;
    }
    if (tap().beginsWithError()) {
      byte[] bytes = exchange.gathered().take();
      HeldAnswer failed = exchange.hold(replica(), present);
      failed.add(bytes, 0, bytes.length);
      held = failed;
    } else {
      begin(present);
    }
  }

  private void begin(AnswerHead present) {
    long now = System.nanoTime();
    Call answering = call;
    if (present.status() < 400 && answering != null) {
      lease.firstByte(now - answering.sentNanos());
    }
    exchange.beginAnswer(replica(), present, !eventStream, now);
  }

  private AnswerTap tap() {
    return exchange.request().tap();
  }
}
