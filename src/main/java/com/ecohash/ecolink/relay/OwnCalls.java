package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.openai.AnswerTap;
import com.ecohash.ecolink.relay.upstream.AnswerHead;
import com.ecohash.ecolink.relay.upstream.Call;
import com.ecohash.ecolink.relay.upstream.CallListener;
import com.ecohash.ecolink.relay.upstream.Failure;
import com.ecohash.ecolink.relay.upstream.OutgoingBody;
import com.ecohash.ecolink.relay.upstream.Upstream;
import com.ecohash.ecolink.relay.upstream.UpstreamRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Calls that the gateway makes to a replica for itself. Answers pass a tap and are not kept. Never
 * retries.
 */
public final class OwnCalls {
  private static final AnswerTap.Sink NOWHERE = (bytes, offset, length) -> {};

  private final Upstream upstream;
  private final Addresses addresses;
  private final long answerBytesMax;

  /**
   * @param answerBytesMax an answer is read no further, and ends there
   */
  public OwnCalls(Upstream upstream, Addresses addresses, long answerBytesMax) {
    this.upstream = upstream;
    this.addresses = addresses;
    this.answerBytesMax = answerBytesMax;
  }

  /**
   * Gets what is at this path of the replica.
   *
   * @param tap sees the answer, on a thread that must not wait
   * @return the answer's status, once the tap has seen all of it; fails with an {@link IOException}
   */
  public CompletionStage<Integer> get(
      Instance instance, Replica replica, String path, AnswerTap tap) {
    UpstreamRequest request =
        ForwardedRequest.own("GET", path)
            .to(instance, replica.endpoint(), OutgoingBody.EMPTY, Optional.empty());
    return addresses.of(replica.endpoint()).thenCompose(address -> send(address, request, tap));
  }

  private CompletionStage<Integer> send(
      InetSocketAddress address, UpstreamRequest request, AnswerTap tap) {
    Feeder feeder = new Feeder(tap);
    // A pooled connection may have died meanwhile; a call that nobody waits for takes a fresh one.
    feeder.call = upstream.send(address, request, true, feeder);
    return feeder.status;
  }

  private final class Feeder implements CallListener {
    private final AnswerTap tap;
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private int statusCode;
    private long left = answerBytesMax;
    private volatile @Nullable Call call;

    Feeder(AnswerTap tap) {
      this.tap = tap;
    }

    @Override
    public void onHead(AnswerHead head) {
      statusCode = head.status();
      tap.begin(statusCode, head.isEncoded() ? null : head.first("content-type"));
    }

    @Override
    public void onBody(byte[] bytes, int offset, int length) {
      if (status.isDone()) {
        return; // of an answer that is read no further
      }
      int taken = (int) Math.min(length, left);
      left -= taken;
      tap.feed(bytes, offset, taken, NOWHERE);
      if (taken < length) {
        onEnd();
        Call tooLong = call;
        if (tooLong != null) {
          tooLong.cancel();
        }
      }
    }

    @Override
    public void onPause() {
      // waits for the rest
    }

    @Override
    public void onEnd() {
      tap.end(NOWHERE);
      status.complete(statusCode);
    }

    @Override
    public void onFailure(Failure failure) {
      status.completeExceptionally(new IOException(failure.word()));
    }

    @Override
    public void onSilence(long silentNanos) {
      // the call's own timeouts end it
    }
  }
}
