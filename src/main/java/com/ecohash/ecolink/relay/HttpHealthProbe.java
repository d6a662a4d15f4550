package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Protocol;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.relay.upstream.AnswerHead;
import com.ecohash.ecolink.relay.upstream.Call;
import com.ecohash.ecolink.relay.upstream.CallListener;
import com.ecohash.ecolink.relay.upstream.Failure;
import com.ecohash.ecolink.relay.upstream.OutgoingBody;
import com.ecohash.ecolink.relay.upstream.Upstream;
import com.ecohash.ecolink.relay.upstream.UpstreamRequest;
import com.ecohash.ecolink.routing.HealthProbe;
import com.ecohash.ecolink.routing.ProbeResult;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET} endpoint + health path over HTTP/1.1, up for 200 to 299, with the container's own
 * credential if it has one. An instance without a health path is checked by a TCP connection, and
 * so is one that speaks {@code h2c}. Calls the addresses that exchanges are sent to, each check on
 * a connection of its own. Never follows a redirect (the operator allowed this endpoint, not where
 * it points) and never keeps anything of a body.
 */
public final class HttpHealthProbe implements HealthProbe {
  private static final long BODY_BYTES_MAX = 64 * 1024;

  private final Upstream upstream;
  private final Addresses addresses;
  private final TcpProbe tcp;

  public HttpHealthProbe(Upstream upstream, Addresses addresses) {
    this.upstream = upstream;
    this.addresses = addresses;
    this.tcp = new TcpProbe(addresses);
  }

  @Override
  public CompletionStage<ProbeResult> check(Instance instance, Replica replica) {
    if (instance.healthPath().isEmpty() || instance.protocol() == Protocol.H2C) {
      return tcp.check(replica.endpoint());
    }
    UpstreamRequest request;
    try {
      request = request(instance, replica, instance.healthPath().get());
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedFuture(
          ProbeResult.down("the health path or the key cannot be sent"));
    }
    Check check = new Check();
    CompletableFuture<Void> unused =
        addresses
            .of(replica.endpoint())
            .handle(
                (address, failure) -> {
                  if (failure != null) {
                    check.answer.complete(ProbeResult.down("no address that may be called"));
                  } else {
                    check.sent(upstream.send(address, request, true, check));
                  }
                  return null;
                });
    return check.answer;
  }

  private static UpstreamRequest request(Instance instance, Replica replica, String healthPath) {
    String path = healthPath.startsWith("/") ? healthPath : "/" + healthPath;
    if (path.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
      throw new IllegalArgumentException("a path that is none");
    }
    ForwardedRequest request = ForwardedRequest.own("GET", path);
    request.add("User-Agent", "EcoLink-HealthCheck");
    request.add("Connection", "close");
    return request.to(instance, replica.endpoint(), OutgoingBody.EMPTY, Optional.empty());
  }

  private static final class Check implements CallListener {
    private final CompletableFuture<ProbeResult> answer = new CompletableFuture<>();
    private volatile @Nullable Call call;
    private int status;
    private long bodyBytes;

    /** From here on, who gives the check up ends the call. */
    void sent(Call begun) {
      call = begun;
      CompletableFuture<ProbeResult> unused =
          answer.whenComplete((result, failure) -> begun.cancel());
    }

    private void conclude() {
      answer.complete(new ProbeResult(status >= 200 && status <= 299, "HTTP " + status));
    }

    @Override
    public void onHead(AnswerHead head) {
      status = head.status();
    }

    @Override
    public void onBody(byte[] bytes, int offset, int length) {
      bodyBytes += length;
      if (bodyBytes > BODY_BYTES_MAX) {
        conclude();
        Call tooLong = call;
        if (tooLong != null) {
          tooLong.cancel();
        }
      }
    }

    @Override
    public void onPause() {
      // the rest is waited for
    }

    @Override
    public void onEnd() {
      conclude();
    }

    @Override
    public void onFailure(Failure failure) {
      boolean unconnected = failure == Failure.CONNECT_FAILED || failure == Failure.CONNECT_TIMEOUT;
      answer.complete(ProbeResult.down(unconnected ? "no connection" : "no HTTP answer"));
    }

    @Override
    public void onSilence(long silentNanos) {
      // whoever waits for the check has a limit of its own
    }
  }
}
