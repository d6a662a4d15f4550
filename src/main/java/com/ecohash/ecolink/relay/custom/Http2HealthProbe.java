package com.ecohash.ecolink.relay.custom;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Protocol;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.relay.Grpc;
import com.ecohash.ecolink.routing.HealthProbe;
import com.ecohash.ecolink.routing.ProbeResult;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * Checks containers that speak HTTP/2 without TLS: by {@code GET} of the health path where there is
 * one, else by gRPC's health protocol ({@code grpc.health.v1.Health/Check} of the server as a
 * whole). A server that does not know that protocol, or no gRPC, is up as long as it answers with
 * anything below 500. Leaves all other containers to another probe.
 */
public final class Http2HealthProbe implements HealthProbe {
  private static final int ANSWER_BYTES_MAX = 4 * 1024;
  private static final int UNIMPLEMENTED = 12;

  /** An empty message: not compressed, of no length. It asks for the server as a whole. */
  private static final byte[] CHECK = {0, 0, 0, 0, 0};

  /** {@code status = SERVING}, and nothing else. */
  private static final byte[] SERVING = {0, 0, 0, 0, 2, 0x08, 0x01};

  private final ContainerClients clients;
  private final HealthProbe others;

  public Http2HealthProbe(ContainerClients clients, HealthProbe others) {
    this.clients = clients;
    this.others = others;
  }

  @Override
  public CompletionStage<ProbeResult> check(Instance instance, Replica replica) {
    if (instance.protocol() != Protocol.H2C) {
      return others.check(instance, replica);
    }
    String prefix = replica.endpoint().getRawPath() == null ? "" : replica.endpoint().getRawPath();
    Request request = request(instance, replica.endpoint(), prefix);
    CompletableFuture<ProbeResult> answer = new CompletableFuture<>();
    CompletableFuture<ProbeResult> unused =
        answer.whenComplete(
            (result, failure) -> {
              if (answer.isCancelled()) {
                request.abort(new InterruptedException("no answer in time"));
              }
            });
    if (instance.healthPath().isPresent()) {
      request.send(result -> answer.complete(pathResult(result)));
    } else {
      request.send(new GrpcAnswer(answer));
    }
    return answer;
  }

  private Request request(Instance instance, URI endpoint, String prefix) {
    Request request = clients.newProbe(endpoint);
    request.headers(
        fields -> {
          fields.put("User-Agent", "EcoLink-HealthCheck");
          instance.upstreamKey().ifPresent(key -> fields.put("Authorization", "Bearer " + key));
        });
    if (instance.healthPath().isPresent()) {
      return request.path(prefix + instance.healthPath().get());
    }
    return request
        .method("POST")
        .path(prefix + "/grpc.health.v1.Health/Check")
        .headers(fields -> fields.put("TE", "trailers"))
        .body(new BytesRequestContent(Grpc.CONTENT_TYPE, CHECK));
  }

  private static ProbeResult pathResult(Result result) {
    if (result.getResponseFailure() != null) {
      return ProbeResult.down("no HTTP/2 answer");
    }
    int status = result.getResponse().getStatus();
    return new ProbeResult(status >= 200 && status <= 299, "HTTP " + status);
  }

  /** Gathers the answer to a gRPC health check. */
  private static final class GrpcAnswer extends BufferingResponseListener {
    private final CompletableFuture<ProbeResult> answer;

    GrpcAnswer(CompletableFuture<ProbeResult> answer) {
      super(ANSWER_BYTES_MAX);
      this.answer = answer;
    }

    @Override
    public void onComplete(Result result) {
      answer.complete(
          result.getResponseFailure() == null
              ? judge(result.getResponse())
              : ProbeResult.down("no HTTP/2 answer"));
    }

    private ProbeResult judge(Response response) {
      String status = field(response, "grpc-status");
      if (status == null) {
        return new ProbeResult(response.getStatus() < 500, "HTTP " + response.getStatus());
      }
      if (status.equals(Integer.toString(UNIMPLEMENTED))) {
        return ProbeResult.up("gRPC answers");
      }
      boolean serving = status.equals("0") && Arrays.equals(getContent(), SERVING);
      return new ProbeResult(serving, serving ? "gRPC serving" : "gRPC not serving");
    }

    private static @Nullable String field(Response response, String name) {
      HttpFields trailers = response.getTrailers();
      String value = trailers == null ? null : trailers.get(name);
      return value == null ? response.getHeaders().get(name) : value;
    }
  }
}
