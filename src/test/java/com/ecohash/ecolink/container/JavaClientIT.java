package com.ecohash.ecolink.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.testing.FakeContainer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Java's own HTTP client as it is by default, on either server: it offers to switch to HTTP/2 with
 * every request, and sends bodies whose length it does not know in chunks.
 */
@ExtendWith(ArquillianExtension.class)
class JavaClientIT {
  @ArquillianResource private URL address;

  private final FakeContainer container = FakeContainer.start();
  private final HttpClient client = HttpClient.newHttpClient();
  private Tenant tenant;
  private String model;

  @Deployment(testable = false)
  static WebArchive archive() {
    return RunningGateway.archive();
  }

  @BeforeEach
  void begin() {
    tenant = Tenant.on(RunningGateway.at(address));
    model = tenant.launch(container);
  }

  @AfterEach
  void end() {
    container.close();
  }

  private String question(int bytes) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"model\":\"%s\"}"
        .formatted("a".repeat(bytes), model);
  }

  private void assertAnswered(BodyPublisher body, int bytes)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            tenant.authorized("/v1/chat/completions").POST(body).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(container.received()).hasSize(1);
    assertThat(container.received().get(0).text())
        .isEqualTo(question(bytes).replace(model, "my-llama"));
    assertThat(container.received().get(0).header("upgrade")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20_000, 2_000_000})
  void sendsABodyOfAKnownLength(int bytes) throws IOException, InterruptedException {
    assertAnswered(BodyPublishers.ofString(question(bytes)), bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20_000, 2_000_000})
  void sendsABodyInChunks(int bytes) throws IOException, InterruptedException {
    byte[] body = question(bytes).getBytes(StandardCharsets.UTF_8);
    assertAnswered(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)), bytes);
  }

  @Test
  void asksWithoutABody() throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> answer =
          client.send(
              tenant.authorized("/v1/models").build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains(model);
    }
  }
}
