package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.relay.upstream.AnswerHead;
import com.ecohash.ecolink.relay.upstream.Call;
import com.ecohash.ecolink.relay.upstream.CallListener;
import com.ecohash.ecolink.relay.upstream.Failure;
import com.ecohash.ecolink.relay.upstream.OutgoingBody;
import com.ecohash.ecolink.relay.upstream.Upstream;
import com.ecohash.ecolink.relay.upstream.UpstreamRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Calls that the gateway makes to a replica for itself, with small answers. Never retries. */
public final class OwnCalls {
  private final Upstream upstream;
  private final Addresses addresses;
  private final int answerBytesMax;

  /**
   * @param answerBytesMax a call with a longer answer fails
   */
  public OwnCalls(Upstream upstream, Addresses addresses, int answerBytesMax) {
    this.upstream = upstream;
    this.addresses = addresses;
    this.answerBytesMax = answerBytesMax;
  }

  /** Gets what is at this path of the replica. Fails with an {@link IOException}. */
  public CompletionStage<SmallAnswer> get(Instance instance, Replica replica, String path) {
    UpstreamRequest request =
        ForwardedRequest.own("GET", path)
            .to(instance, replica.endpoint(), OutgoingBody.EMPTY, Optional.empty());
    return addresses.of(replica.endpoint()).thenCompose(address -> send(address, request));
  }

  private CompletionStage<SmallAnswer> send(InetSocketAddress address, UpstreamRequest request) {
    Collector collector = new Collector();
    // A pooled connection may have died meanwhile; a call that nobody waits for takes a fresh one.
    collector.call = upstream.send(address, request, true, collector);
    return collector.whole;
  }

  private final class Collector implements CallListener {
    private final CompletableFuture<SmallAnswer> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;
    private volatile @Nullable Call call;

    @Override
    public void onHead(AnswerHead head) {
      status = head.status();
    }

    @Override
    public void onBody(byte[] bytes, int offset, int length) {
      if (body.size() + length <= answerBytesMax) {
        body.write(bytes, offset, length);
        return;
      }
      whole.completeExceptionally(
          new IOException("an answer of more than " + answerBytesMax + " bytes"));
      Call tooLong = call;
      if (tooLong != null) {
        tooLong.cancel();
      }
    }

    @Override
    public void onPause() {
      // waits for the rest
    }

    @Override
    public void onEnd() {
      whole.complete(new SmallAnswer(status, body.toByteArray()));
    }

    @Override
    public void onFailure(Failure failure) {
      whole.completeExceptionally(new IOException(failure.word()));
    }

    @Override
    public void onSilence(long silentNanos) {
      // the call's own timeouts end it
    }
  }
}
