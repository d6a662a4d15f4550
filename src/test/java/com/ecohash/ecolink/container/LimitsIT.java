package com.ecohash.ecolink.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.testing.FakeContainer;
import java.io.IOException;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What each key and each request may ask for at most, on either server (SPEC 2.5). */
@ExtendWith(ArquillianExtension.class)
class LimitsIT {
  @ArquillianResource private URL address;

  private final FakeContainer container = FakeContainer.start();
  private RunningGateway gateway;
  private Tenant tenant;
  private String model;

  @Deployment(testable = false)
  static WebArchive archive() {
    return RunningGateway.archive();
  }

  @BeforeEach
  void begin() {
    gateway = RunningGateway.at(address);
    tenant = Tenant.on(gateway);
    model = tenant.launch(container);
  }

  @AfterEach
  void end() {
    container.close();
  }

  private String keyWith(String members) {
    return tenant.post("/api/keys", "{\"name\":\"limited\"" + members + "}").path("key").asText();
  }

  private HttpResponse<String> askWith(String key) {
    return gateway.send(
        HttpRequest.newBuilder(gateway.resolve("/v1/chat/completions"))
            .header("Authorization", "Bearer " + key)
            .POST(HttpRequest.BodyPublishers.ofString(Tenant.question(model, false)))
            .build());
  }

  private HttpResponse<String> modelsWith(String key) {
    return gateway.send(
        HttpRequest.newBuilder(gateway.resolve("/v1/models"))
            .header("Authorization", "Bearer " + key)
            .build());
  }

  private static String field(HttpResponse<?> answer, String name) {
    assertThat(answer.headers().allValues(name)).as(name).hasSize(1);
    return answer.headers().firstValue(name).orElseThrow();
  }

  @Test
  void refusesWhatAKeyAsksBeyondItsOwnLimit() {
    String key = keyWith(",\"rate_limit\":3");
    for (int left = 2; left >= 1; left--) {
      HttpResponse<String> answer = askWith(key);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(field(answer, "x-ratelimit-limit")).isEqualTo("3");
      assertThat(field(answer, "x-ratelimit-remaining")).isEqualTo(Integer.toString(left));
      assertThat(Integer.parseInt(field(answer, "x-ratelimit-reset"))).isBetween(1, 60);
    }
    assertThat(modelsWith(key).statusCode()).isEqualTo(200);

    for (HttpResponse<String> refusal : List.of(askWith(key), modelsWith(key))) {
      assertThat(refusal.statusCode()).isEqualTo(429);
      assertThat(Tenant.json(refusal.body()).at("/error/code").asText())
          .isEqualTo("rate_limit_exceeded");
      assertThat(refusal.body()).contains("3 requests a minute").contains("rate_limit");
      assertThat(Integer.parseInt(field(refusal, "retry-after"))).isBetween(1, 20);
      assertThat(field(refusal, "x-ratelimit-limit")).isEqualTo("3");
      assertThat(field(refusal, "x-ratelimit-remaining")).isEqualTo("0");
      assertThat(Integer.parseInt(field(refusal, "x-ratelimit-reset"))).isBetween(20, 60);
    }
    assertThat(container.received()).hasSize(2);
  }

  @Test
  void givesAKeyWithoutALimitTheDefault() {
    HttpResponse<String> answer = modelsWith(keyWith(""));
    assertThat(field(answer, "x-ratelimit-limit")).isEqualTo("200");
    assertThat(field(answer, "x-ratelimit-remaining")).isEqualTo("199");
  }

  @Test
  void countsNothingOfWhatComesWithoutAValidKey() {
    String key = keyWith(",\"rate_limit\":2");
    String mistyped = key.substring(0, key.length() - 1) + (key.endsWith("x") ? "y" : "x");
    for (int i = 0; i < 5; i++) {
      HttpResponse<String> refusal = askWith(mistyped);
      assertThat(refusal.statusCode()).isEqualTo(401);
      assertThat(refusal.headers().firstValue("x-ratelimit-limit")).isEmpty();
    }
    assertThat(field(askWith(key), "x-ratelimit-remaining")).isEqualTo("1");
  }

  @Test
  void refusesAHeaderBlockOverTheLimit() throws IOException {
    String body = Tenant.question(model, false);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(
          "POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
              + tenant.key()
              + "\r\nContent-Length: "
              + body.length()
              + "\r\nX-Filler: "
              + "a".repeat(70 << 10)
              + "\r\n\r\n"
              + body);
      RawHttp.Answer answer = client.answer();
      assertThat(answer.status()).as(answer.headers()).isEqualTo(431);
      assertThat(Tenant.json(answer.body()).at("/error/message").asText())
          .contains("ecolink.http.header-max");
    }
    assertThat(container.received()).isEmpty();
  }

  @Test
  void takesAHeaderBlockUnderTheLimit() {
    HttpResponse<String> answer =
        gateway.send(
            tenant
                .chatRequest(Tenant.question(model, false))
                .header("X-Filler", "a".repeat(50 << 10))
                .build());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(container.received().get(0).header("x-filler").orElseThrow()).hasSize(50 << 10);
  }
}
