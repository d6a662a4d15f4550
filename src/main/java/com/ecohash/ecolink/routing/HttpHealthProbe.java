package com.ecohash.ecolink.routing;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Protocol;
import com.ecohash.ecolink.instances.Replica;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET} endpoint + health path over HTTP/1.1, up for 200 to 299, with the container's own
 * credential if it has one. An instance without a health path is checked by a TCP connection, and
 * so is one that speaks {@code h2c}: the JDK's client cannot speak that with prior knowledge. Never
 * follows a redirect (the operator allowed this endpoint, not where it points) and never keeps more
 * of a body than it takes to throw it away.
 */
public final class HttpHealthProbe implements HealthProbe {
  private final HttpClient client;
  private final TcpProbe tcp;

  /**
   * @param executor runs the client's callbacks and resolves names; its size bounds both
   */
  public HttpHealthProbe(Executor executor) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(executor)
            .build();
    this.tcp = new TcpProbe(executor);
  }

  @Override
  public CompletionStage<ProbeResult> check(Instance instance, Replica replica) {
    if (instance.healthPath().isEmpty() || instance.protocol() == Protocol.H2C) {
      return tcp.check(replica.endpoint());
    }
    HttpRequest request;
    try {
      request = request(instance, target(replica.endpoint(), instance.healthPath().get()));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedFuture(
          ProbeResult.down("the health path or the key cannot be sent"));
    }
    CompletableFuture<HttpResponse<Void>> exchange =
        client.sendAsync(request, head -> new BoundedDiscard());
    CompletableFuture<ProbeResult> answer = exchange.handle(HttpHealthProbe::result);
    CompletableFuture<ProbeResult> unused =
        answer.whenComplete(
            (result, failure) -> {
              if (answer.isCancelled()) {
                exchange.cancel(true); // cancelling a dependent stage alone would leave the request
              }
            });
    return answer;
  }

  private static HttpRequest request(Instance instance, URI target) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target).GET().header("User-Agent", "EcoLink-HealthCheck");
    instance.upstreamKey().ifPresent(key -> request.header("Authorization", "Bearer " + key));
    return request.build();
  }

  private static URI target(URI endpoint, String healthPath) {
    String base = endpoint.toString();
    String prefix = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return URI.create(prefix + (healthPath.startsWith("/") ? "" : "/") + healthPath);
  }

  private static ProbeResult result(
      @Nullable HttpResponse<Void> response, @Nullable Throwable failure) {
    if (response == null) {
      return ProbeResult.down(words(failure));
    }
    boolean up = response.statusCode() >= 200 && response.statusCode() <= 299;
    return new ProbeResult(up, "HTTP " + response.statusCode());
  }

  private static String words(@Nullable Throwable failure) {
    Throwable cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
    return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
        ? "no connection"
        : "no HTTP answer";
  }
}
