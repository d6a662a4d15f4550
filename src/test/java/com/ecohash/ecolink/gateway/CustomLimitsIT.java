package com.ecohash.ecolink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.ecohash.ecolink.testing.Stage;
import com.ecohash.ecolink.testing.StreamingContainer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each limit of the custom path refuses with its name (SPEC 2.5). */
class CustomLimitsIT {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final StreamingContainer container = StreamingContainer.playing(CustomLimitsIT::play);

  @AfterEach
  void end() {
    container.close();
  }

  private static void play(Stage stage) throws IOException {
    if (stage.request().target().equals("/wait")) {
      stage.awaitEnd();
    } else {
      stage.body().skip();
      stage.answer(200, "done");
    }
  }

  private HttpRequest.Builder to(Tenant tenant, String path) {
    long instance = tenant.launchCustom("/", "http/1.1", container.uri());
    return tenant.authorized("/inference-instances/" + instance + "/proxy" + path);
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  private static void assertRefused(
      HttpResponse<String> answer, int status, String code, String limit) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(Tenant.json(answer.body()).at("/error/code").asText()).isEqualTo(code);
    assertThat(answer.body()).contains(limit);
  }

  @Test
  void namesTheLimitThatARequestIsOver() throws Exception {
    try (GatewayProcess process =
        GatewayProcess.start(
            Map.of(
                "ecolink.limits.custom-body", "1KB",
                "ecolink.limits.concurrent-per-instance", "1"))) {
      Tenant tenant = Tenant.on(process.gateway());
      byte[] tooMuch = new byte[5000];
      HttpRequest.Builder request = to(tenant, "/x");

      HttpResponse<String> announced =
          send(request.copy().POST(BodyPublishers.ofByteArray(tooMuch)).build());
      assertRefused(announced, 413, "request_too_large", "`ecolink.limits.custom-body`");
      assertThat(container.received()).isEmpty();

      HttpResponse<String> unannounced =
          send(
              request
                  .copy()
                  .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooMuch)))
                  .build());
      assertRefused(unannounced, 413, "request_too_large", "`ecolink.limits.custom-body`");
      JsonNode record = tenant.receiptOf(unannounced);
      assertThat(record.path("status").asInt()).isEqualTo(413);
      assertThat(record.path("cost").asText()).isEqualTo("0.00");
      assertThat(record.at("/attempts/0/result").asText()).isEqualTo("request_too_large");

      HttpResponse<String> head =
          send(request.copy().header("X-Filler", "a".repeat(70 << 10)).build());
      assertRefused(head, 431, Tenant.json(head.body()).at("/error/code").asText(), "header-max");

      HttpRequest.Builder waiting = to(tenant, "/wait");
      URI same = waiting.build().uri();
      CompletableFuture<HttpResponse<String>> first =
          CLIENT.sendAsync(waiting.build(), BodyHandlers.ofString());
      await()
          .until(
              () -> container.received().stream().anyMatch(seen -> seen.target().equals("/wait")));
      assertRefused(
          send(request.copy().uri(same).build()),
          503,
          "overloaded",
          "`ecolink.limits.concurrent-per-instance`");
      first.cancel(true);

      String key =
          tenant.post("/api/keys", "{\"name\":\"slow\",\"rate_limit\":1}").path("key").asText();
      HttpRequest limited = request.copy().setHeader("Authorization", "Bearer " + key).build();
      assertThat(send(limited).statusCode()).isEqualTo(200);
      assertRefused(send(limited), 429, "rate_limit_exceeded", "rate_limit");
    }
  }

  @Test
  void cutsAnAnswerThatGoesOnForTooLong() throws Exception {
    try (FakeContainer ticking = FakeContainer.start();
        GatewayProcess process =
            GatewayProcess.start(Map.of("ecolink.upstream.total-timeout", "2s"))) {
      ticking.behave(
          new Behaviour.Ticking(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
              "1\r\nx\r\n",
              Duration.ofMillis(100)));
      Tenant tenant = Tenant.on(process.gateway());
      long instance = tenant.launchCustom("/", "http/1.1", ticking.uri());
      HttpResponse<InputStream> answer =
          CLIENT.send(
              tenant.authorized("/inference-instances/" + instance + "/proxy/x").build(),
              BodyHandlers.ofInputStream());
      assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
      JsonNode record =
          await().ignoreExceptions().until(() -> tenant.receiptOf(answer), found -> found != null);
      assertThat(record.path("ending").asText()).isEqualTo("timeout");
      assertThat(record.at("/attempts/0/result").asText()).isEqualTo("total_timeout");
    }
  }
}
