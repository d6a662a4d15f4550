package com.ecohash.ecolink.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A stream that has fallen silent gets comments, by which a client that has gone is noticed on
 * either server (SPEC 2.3). The gateways under test send one a second.
 */
@ExtendWith(ArquillianExtension.class)
class KeepAliveIT {
  private static final String STREAM = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
  private static final String EVENT = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}";

  @ArquillianResource private URL address;

  private final FakeContainer container = FakeContainer.start();
  private Tenant tenant;

  @Deployment(testable = false)
  static WebArchive archive() {
    return RunningGateway.archive();
  }

  @BeforeEach
  void begin() {
    tenant = Tenant.on(RunningGateway.at(address));
  }

  @AfterEach
  void end() {
    container.close();
  }

  private static BufferedReader reader(HttpResponse<InputStream> answer) {
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  @Test
  void noticesByACommentThatTheClientHasGone() throws IOException {
    container.behave(Behaviour.Raw.thenSilence(STREAM + EVENT + "\n\n"));
    HttpResponse<InputStream> answer = tenant.stream(tenant.launch(container));
    try (BufferedReader lines = reader(answer)) {
      assertThat(lines.readLine()).isEqualTo(EVENT);
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).isEqualTo(": keep-alive");
      assertThat(lines.readLine()).isEmpty();
    }
    await().atMost(Duration.ofSeconds(5)).until(() -> container.abandoned() == 1);
    JsonNode receipt =
        await()
            .atMost(Duration.ofSeconds(5))
            .ignoreExceptions()
            .until(() -> tenant.receiptOf(answer), found -> found != null);
    assertThat(receipt.path("ending").asText()).isEqualTo("client_gone");
  }

  @Test
  void putsACommentBetweenEventsOnly() throws IOException {
    // Of the second event only the beginning comes: it waits for its end, and the comment passes.
    container.behave(Behaviour.Raw.thenSilence(STREAM + EVENT + "\n\ndata: {\"choi"));
    try (BufferedReader lines = reader(tenant.stream(tenant.launch(container)))) {
      assertThat(lines.readLine()).isEqualTo(EVENT);
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).isEqualTo(": keep-alive");
    }
  }

  @Test
  void leavesAStreamAloneThatGoesOn() throws IOException {
    container.behave(Behaviour.Answer.of(25).every(Duration.ofMillis(100)));
    try (BufferedReader lines = reader(tenant.stream(tenant.launch(container)))) {
      assertThat(lines.lines().toList())
          .contains("data: [DONE]")
          .noneMatch(line -> line.startsWith(":"));
    }
  }
}
