package com.ecohash.ecolink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A client that leaves while nothing is written to it, on Jetty: the container is told within a
 * second (SPEC 2.3).
 */
class ClientGoneIT {
  private static GatewayProcess process;
  private static FakeContainer container;
  private static Tenant tenant;
  private static String model;

  @BeforeAll
  static void begin() {
    process = GatewayProcess.start(Map.of("ecolink.upstream.first-byte-timeout", "60s"));
    container = FakeContainer.start();
    tenant = Tenant.on(process.gateway());
    model = tenant.launch(container);
  }

  @AfterAll
  static void end() {
    container.close();
    process.close();
  }

  private static Socket ask(boolean streamed) throws IOException {
    String body = Tenant.question(model, streamed);
    Socket client =
        new Socket(process.gateway().base().getHost(), process.gateway().base().getPort());
    client
        .getOutputStream()
        .write(
            ("POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
                    + tenant.key()
                    + "\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body)
                .getBytes(StandardCharsets.ISO_8859_1));
    return client;
  }

  private static JsonNode onlyRecord(int number) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> Records.of(process.gateway(), tenant).size() == number);
    return Records.of(process.gateway(), tenant).values().iterator().next();
  }

  @Test
  void cancelsTheContainersRequestBeforeAndWithinTheAnswer() throws IOException {
    // Before the first byte: what was asked is billed.
    container.next(new Behaviour.Stall());
    Socket waiting = ask(false);
    await().until(() -> container.received().size() == 1);
    waiting.close();
    await().atMost(Duration.ofSeconds(5)).until(() -> container.abandoned() == 1);
    JsonNode record = onlyRecord(1);
    assertThat(record.path("ending").asText()).isEqualTo("client_gone");
    assertThat(record.at("/units/input_tokens").asInt()).isPositive();
    assertThat(record.at("/units/output_tokens").asInt()).isZero();

    // Within it, while the container is silent.
    container.next(
        Behaviour.Raw.thenSilence(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                + "data: {\"choices\":[{\"delta\":{\"content\":\"Hello\"}}]}\n\n"));
    Socket streaming = ask(true);
    assertThat(streaming.getInputStream().read()).isEqualTo('H');
    streaming.close();
    await().atMost(Duration.ofSeconds(5)).until(() -> container.abandoned() == 2);
    record = onlyRecord(2);
    assertThat(record.path("ending").asText()).isEqualTo("client_gone");
    assertThat(record.at("/units/output_tokens").asInt()).isPositive();
  }
}
