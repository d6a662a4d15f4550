package com.ecohash.ecolink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Limits that a test must set low to reach (SPEC 2.5): each is named by what it ends. */
class LimitsOfAProcessIT {
  private static final String EVENT = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
  private static final String STREAM =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + EVENT;

  private static GatewayProcess process;
  private static FakeContainer container;
  private static Tenant tenant;
  private static String model;

  @BeforeAll
  static void begin() {
    process =
        GatewayProcess.start(
            Map.of(
                "ecolink.limits.concurrent-per-instance", "2",
                "ecolink.upstream.first-byte-timeout", "60s",
                "ecolink.upstream.idle-timeout", "5s",
                "ecolink.upstream.total-timeout", "9s"));
    container = FakeContainer.start();
    tenant = Tenant.on(process.gateway());
    model = tenant.launch(container);
  }

  @AfterAll
  static void end() {
    container.close();
    process.close();
  }

  @Test
  void refusesWhatIsOneTooManyForAnInstanceUntilOneEnds() throws IOException {
    container.next(Behaviour.Raw.thenSilence(STREAM)).next(Behaviour.Raw.thenSilence(STREAM));
    HttpResponse<InputStream> first = tenant.stream(model);
    HttpResponse<InputStream> second = tenant.stream(model);

    HttpResponse<String> refusal = tenant.ask(model);
    assertThat(refusal.statusCode()).isEqualTo(503);
    assertThat(Tenant.json(refusal.body()).at("/error/code").asText()).isEqualTo("overloaded");
    assertThat(refusal.body()).contains("ecolink.limits.concurrent-per-instance");
    assertThat(refusal.headers().firstValue("retry-after")).isPresent();
    assertThat(tenant.ask(tenant.launch(container)).statusCode()).isEqualTo(200);

    first.body().close(); // its client goes
    await().until(() -> tenant.ask(model).statusCode() == 200);
    assertThat(text(second)).contains("idle_timeout"); // its container is given up
    for (int i = 0; i < 5; i++) {
      assertThat(tenant.ask(model).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void saysWhichLimitEndedAStream() throws IOException {
    String other = tenant.launch(container);
    container.next(Behaviour.Raw.thenSilence(STREAM));
    assertThat(text(tenant.stream(other)))
        .contains("\"code\":\"timeout\"")
        .contains("ecolink.upstream.idle-timeout");

    container.next(Behaviour.Answer.of(1_000).every(Duration.ofMillis(100)));
    assertThat(text(tenant.stream(other)))
        .contains("\"code\":\"timeout\"")
        .contains("ecolink.upstream.total-timeout");
  }

  private static String text(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
