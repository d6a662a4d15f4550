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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls that the gateway makes to see how a container answers: what came, and when. Each on a
 * connection of its own, to the address that the allow-list has judged; never follows a redirect,
 * never retries, keeps no more of an answer than its limit.
 */
public final class ObservedCalls {
  /** What is asked. */
  @SuppressWarnings("ArrayRecordComponent") // sent, never compared
  public record Ask(String method, String path, Optional<String> contentType, byte[] body) {
    public static Ask get(String path) {
      return new Ask("GET", path, Optional.empty(), new byte[0]);
    }
  }

  private final Upstream upstream;
  private final Addresses addresses;
  private final int answerBytesMax;

  /**
   * @param answerBytesMax an answer is read no further
   */
  public ObservedCalls(Upstream upstream, Addresses addresses, int answerBytesMax) {
    this.upstream = upstream;
    this.addresses = addresses;
    this.answerBytesMax = answerBytesMax;
  }

  /** A call under way. */
  public static final class Watch {
    private final CompletableFuture<Observed> seen = new CompletableFuture<>();

    /** Completes with what was seen, good or bad; cancelling it ends the call. */
    public CompletableFuture<Observed> seen() {
      return seen;
    }
  }

  /**
   * @param enough told the body so far at each piece; true ends the call, as a client that leaves
   *     does
   * @throws IllegalArgumentException if the request cannot be written
   */
  public Watch send(Instance instance, Replica replica, Ask ask, Predicate<byte[]> enough) {
    ForwardedRequest forwarded = ForwardedRequest.own(ask.method(), ask.path());
    forwarded.add("User-Agent", "EcoLink-Check");
    forwarded.add("Accept", "*/*");
    forwarded.add("Connection", "close");
    ask.contentType().ifPresent(type -> forwarded.add("Content-Type", type));
    UpstreamRequest request =
        forwarded.to(instance, replica.endpoint(), body(ask.body()), Optional.empty());
    Watch watch = new Watch();
    CompletableFuture<Void> unused =
        addresses
            .of(replica.endpoint())
            .handle(
                (address, failure) -> {
                  Observer observer = new Observer(watch.seen, enough);
                  if (failure != null) {
                    observer.onFailure(Failure.CONNECT_FAILED);
                  } else {
                    observer.sent(upstream.send(address, request, true, observer));
                  }
                  return null;
                });
    return watch;
  }

  private static OutgoingBody body(byte[] bytes) {
    return bytes.length == 0
        ? OutgoingBody.EMPTY
        : OutgoingBody.of(List.of(new OutgoingBody.Piece.Bytes(bytes, 0, bytes.length)));
  }

  private final class Observer implements CallListener {
    private final CompletableFuture<Observed> seen;
    private final Predicate<byte[]> enough;
    private final long startedNanos = System.nanoTime();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<Observed.Piece> pieces = new ArrayList<>();
    private @Nullable AnswerHead head;
    private volatile @Nullable Call call;

    Observer(CompletableFuture<Observed> seen, Predicate<byte[]> enough) {
      this.seen = seen;
      this.enough = enough;
    }

    /** From here on, who has seen enough ends the call. */
    void sent(Call begun) {
      call = begun;
      CompletableFuture<Observed> unused = seen.whenComplete((all, failure) -> begun.cancel());
    }

    private long now() {
      return System.nanoTime() - startedNanos;
    }

    private void conclude(Observed.End end, Optional<Failure> failure) {
      AnswerHead known = head;
      seen.complete(
          new Observed(
              known == null ? 0 : known.status(),
              known == null ? Optional.empty() : Optional.ofNullable(known.first("content-type")),
              body.toByteArray(),
              pieces,
              now(),
              end,
              failure));
    }

    @Override
    public void onHead(AnswerHead told) {
      head = told;
    }

    @Override
    public void onBody(byte[] bytes, int offset, int length) {
      if (seen.isDone()) {
        return;
      }
      int taken = Math.min(length, answerBytesMax - body.size());
      body.write(bytes, offset, taken);
      pieces.add(new Observed.Piece(body.size(), now()));
      if (taken < length) {
        leave(Observed.End.TOO_LONG);
      } else if (enough.test(body.toByteArray())) {
        leave(Observed.End.LEFT);
      }
    }

    private void leave(Observed.End end) {
      conclude(end, Optional.empty());
      Call begun = call;
      if (begun != null) {
        begun.cancel();
      }
    }

    @Override
    public void onPause() {
      // the rest is waited for
    }

    @Override
    public void onEnd() {
      conclude(Observed.End.WHOLE, Optional.empty());
    }

    @Override
    public void onFailure(Failure failure) {
      conclude(Observed.End.FAILED, Optional.of(failure));
    }

    @Override
    public void onSilence(long silentNanos) {
      // whoever watches has a limit of its own
    }
  }
}
