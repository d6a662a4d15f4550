package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.relay.upstream.AnswerHead;
import com.ecohash.ecolink.relay.upstream.Call;
import com.ecohash.ecolink.relay.upstream.CallListener;
import com.ecohash.ecolink.relay.upstream.Failure;
import com.ecohash.ecolink.routing.Lease;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of an exchange at one replica: its lease, its call, and what the call's loop tells,
 * which it hands on under the exchange's lock.
 */
final class Attempt implements CallListener {
  private final RelayedExchange exchange;
  private final Attempts attempts;
  private final AnswerDelivery delivery;
  private final AttemptAnswer answer;
  private final Lease lease;
  private final AttemptFollower follower;
  private final long startedNanos = System.nanoTime();
  private @Nullable Call call;

  Attempt(
      RelayedExchange exchange,
      Attempts attempts,
      AnswerDelivery delivery,
      RelayRequest request,
      Lease lease) {
    this.exchange = exchange;
    this.attempts = attempts;
    this.delivery = delivery;
    this.answer = new AttemptAnswer(this, attempts, delivery, request.tap());
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
    return answer.isEventStream();
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
  public void onHead(AnswerHead head) {
    synchronized (exchange) {
      if (attempts.isCurrent(this)) {
        answer.begin(head);
      }
    }
  }

  @Override
  public void onBody(byte[] bytes, int offset, int length) {
    synchronized (exchange) {
      if (attempts.isCurrent(this)) {
        answer.feed(bytes, offset, length);
      }
    }
  }

  @Override
  public void onPause() {
    synchronized (exchange) {
      if (attempts.isCurrent(this)) {
        answer.passOn();
      }
    }
    exchange.tellIfOver();
  }

  @Override
  public void onEnd() {
    synchronized (exchange) {
      if (attempts.isCurrent(this)) {
        answer.end();
      }
    }
    exchange.tellIfOver();
  }

  @Override
  public void onFailure(Failure failure) {
    synchronized (exchange) {
      if (attempts.isCurrent(this)) {
        answer.fail(failure);
      }
    }
    exchange.tellIfOver();
  }

  @Override
  public void onSilence(long silentNanos) {
    synchronized (exchange) {
      if (attempts.isCurrent(this)) {
        answer.passKeepAlive();
        exchange.onSilence(isEventStream(), silentNanos);
      }
    }
    exchange.tellIfOver();
  }

  /** The answer turns out to be one for the client. */
  void begin(AnswerHead present) {
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
