package com.ecohash.ecolink.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.ecohash.ecolink.testing.ReceivedRequest;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
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
 * What is wrong is refused in the shape OpenAI's SDKs read, and no container sees it (SPEC 2.6).
 */
@ExtendWith(ArquillianExtension.class)
class BadInputIT {
  private static final int LIMIT_BYTES = 100 << 20;

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
    assertThat(tenant.ask(model).statusCode()).as("the gateway serves on").isEqualTo(200);
    container.close();
  }

  private void assertRefused(HttpResponse<String> answer, int status, String code) {
    assertRefused(answer.statusCode(), answer.body(), status, code);
    assertThat(answer.headers().firstValue("content-type").orElseThrow())
        .startsWith("application/json");
  }

  private void assertRefused(int actualStatus, String body, int status, String code) {
    assertThat(actualStatus).as(body).isEqualTo(status);
    JsonNode error = Tenant.json(body).path("error");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).isNotBlank();
    assertThat(error.path("type").asText()).isNotBlank();
    assertThat(error.has("param")).isTrue();
    assertThat(body).doesNotContain("com.ecohash", "Exception", tenant.key());
    assertThat(container.received()).isEmpty();
  }

  // ---- keys -------------------------------------------------------------------------------------

  private HttpResponse<String> askWith(String authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.resolve("/v1/chat/completions"))
            .POST(HttpRequest.BodyPublishers.ofString(Tenant.question(model, false)));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return gateway.send(request.build());
  }

  @Test
  void refusesARequestWithoutAKey() {
    HttpResponse<String> answer = askWith("");
    assertRefused(answer, 401, "unauthorized");
    assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer x",
        "Basic dXNlcjpwYXNz",
        "Bearer eco_0000000000000000000000000000000000000000",
        "Bearer eco_abcdefghijklmnopqrstuvwxyzABCDEF012345"
      })
  void refusesAWrongKey(String authorization) {
    assertRefused(askWith(authorization), 401, "unauthorized");
  }

  @Test
  void refusesARevokedKeyAtOnce() {
    JsonNode key = tenant.newKey();
    String authorization = "Bearer " + key.path("key").asText();
    tenant.delete("/api/keys/" + key.path("id").asLong());
    assertRefused(askWith(authorization), 401, "unauthorized");
  }

  @Test
  void refusesAnotherAccountsInstance() {
    Tenant other = Tenant.on(gateway);
    assertRefused(other.ask(model), 403, "forbidden");
  }

  @Test
  void refusesWhatHasNoPrice() {
    Tenant poor = Tenant.on(gateway);
    long instance = poor.launchUnpriced(container);
    assertRefused(poor.ask("my-llama:" + instance), 402, "model_not_priced");
  }

  // ---- models -----------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my-llama",
        "my-llama:",
        "my-llama:0%s",
        "my-llama:-%s",
        "my-llama:+%s",
        "my-llama: %s",
        "my-llama:%s ",
        "my-llama:999999999999999999",
        "my-llama:99999999999999999999",
        "my-llama:١٢",
        "my-llama:１",
        ":%s"
      })
  void findsNoModelOfAnotherForm(String form) {
    String id = model.substring(model.indexOf(':') + 1);
    HttpResponse<String> answer = tenant.ask(form.formatted(id));
    assertRefused(answer, 404, "model_not_found");
    assertThat(answer.body()).contains("/v1/models");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"messages\":[]}",
        "{\"model\":null}",
        "{\"model\":1}",
        "{\"model\":[\"a\"]}",
        "{\"model\":\"\"}",
        "{\"model\":\"a:1\",\"model\":\"a:1\"}",
        "{\"model\":\"a:1\",\"mod\\u0065l\":\"a:1\"}",
        "{\"model\":\"a:1\",\"stream\":true,\"stream\":false}"
      })
  void refusesAModelThatIsNotSaidOnce(String body) {
    assertRefused(tenant.chat(body), 400, "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "[]",
        "\"model\"",
        "{\"model\":\"a:1\"",
        "{\"model\":\"a:1\",}",
        "{\"model\":\"a:1\"} x",
        "{'model':'a:1'}",
        "{\"model\":\"a:1\",\"n\":01}",
        "model=a%3A1&stream=true",
        "--x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\na:1\r\n--x--\r\n"
      })
  void refusesABodyThatIsNoJson(String body) {
    assertRefused(tenant.chat(body), 400, "invalid_request");
  }

  @Test
  void takesAnEscapedColon() {
    HttpResponse<String> answer =
        tenant.chat("{\"model\":\"" + model.replace(":", "\\u003a") + "\",\"messages\":[]}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(container.received().get(0).text()).contains("\"model\":\"my-llama\"");
  }

  @Test
  void takesAModelAtTheVeryEndOfFiftyMegabytes() {
    String filler = "x".repeat(50 << 20);
    String body = "{\"filler\":\"" + filler + "\",\"model\":\"" + model + "\"}";

    HttpResponse<String> answer = tenant.chat(body);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(container.received().get(0).text())
        .isEqualTo("{\"filler\":\"" + filler + "\",\"model\":\"my-llama\"}");
  }

  @Test
  void refusesABodyNestedTenThousandDeep() {
    String body =
        "{\"model\":\"" + model + "\",\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    HttpResponse<String> answer = tenant.chat(body);
    assertRefused(answer, 400, "invalid_request");
    assertThat(answer.body()).contains("ecolink.limits.json-depth");
  }

  @Test
  void refusesACompressedBody() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(Tenant.question(model, false).getBytes(UTF_8));
    }
    HttpResponse<String> answer =
        gateway.send(
            tenant
                .authorized("/v1/chat/completions")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(compressed.toByteArray()))
                .build());
    assertRefused(answer, 415, "unsupported_media_type");
  }

  // ---- sizes and framing ------------------------------------------------------------------------

  private String head(String framing) {
    return "POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
        + tenant.key()
        + "\r\nContent-Type: application/json\r\n"
        + framing
        + "\r\n";
  }

  @Test
  void refusesABodyOverTheLimitThatWasAnnounced() throws IOException {
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(head("Content-Length: " + (LIMIT_BYTES + 1) + "\r\n"));
      RawHttp.Answer answer = client.answer();
      assertRefused(answer.status(), answer.body(), 413, "request_too_large");
      assertThat(answer.body()).contains("ecolink.limits.json-body");
    }
  }

  @Test
  void answersAClientThatSendsAllOfABodyOverTheLimit() throws IOException {
    byte[] block = new byte[1 << 20];
    Arrays.fill(block, (byte) ' ');
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(head("Transfer-Encoding: chunked\r\n"));
      // One more than the limit, in chunks whose sum nobody announced.
      for (int sent = 0; sent <= LIMIT_BYTES; sent += block.length) {
        client.send("100000\r\n").send(block).send("\r\n");
      }
      RawHttp.Answer answer = client.answer();
      assertRefused(answer.status(), answer.body(), 413, "request_too_large");
    }
  }

  @Test
  void refusesTwoFramings() throws IOException {
    String body = Tenant.question(model, false);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(
          head("Content-Length: " + body.length() + "\r\nTransfer-Encoding: chunked\r\n")
              + Integer.toHexString(body.length())
              + "\r\n"
              + body
              + "\r\n0\r\n\r\n");
      RawHttp.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(400);
      if (!answer.body().isEmpty()) { // Undertow refuses it by itself, without a word
        assertRefused(answer.status(), answer.body(), 400, "invalid_request");
      }
      assertThat(container.received()).isEmpty();
    }
  }

  @Test
  void keepsTheConnectionAfterARefusal() throws IOException {
    String bad = "{\"model\":1}";
    String good = Tenant.question(model, false);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(head("Content-Length: " + bad.length() + "\r\n") + bad);
      assertThat(client.answer().status()).isEqualTo(400);
      client.send(head("Content-Length: " + good.length() + "\r\n") + good);
      assertThat(client.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void doesNotStumbleOverAnOfferToUpgrade() throws IOException, InterruptedException {
    // The JDK's client offers h2c with its requests; a server may take it up or not.
    HttpRequest request = tenant.chatRequest(Tenant.question(model, false)).build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    ReceivedRequest seen = container.received().get(0);
    assertThat(seen.header("upgrade")).isEmpty();
    assertThat(seen.header("http2-settings")).isEmpty();
    assertThat(seen.header("connection")).isEmpty();
  }

  @Test
  void doesNotSayThatHalfABodyWasWell() throws IOException {
    try (RawHttp client = new RawHttp(gateway.base())) {
      client
          .send(
              "POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
                  + tenant.key()
                  + "\r\nContent-Length: 100000\r\n\r\n{\"model\":")
          .endOfOutput();
      assertThat(client.untilEnd()).startsWith("HTTP/1.1 400 ");
    }
    assertThat(container.received()).isEmpty();
  }

  @Test
  void leavesNothingBehindWhenAClientGoesInTheMiddleOfItsBody() throws IOException {
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(head("Content-Length: 1000\r\n") + "{\"model\":");
    }
    assertThat(container.received()).isEmpty();
  }

  // ---- containers -------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nhello",
        "HTTP/1.1 2OO OK\r\n\r\n"
      })
  void answers502WhereTheContainerSpeaksNoHttp(String garbage) {
    container.next(Behaviour.Raw.thenClose(garbage));
    HttpResponse<String> answer = tenant.ask(model);
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(Tenant.json(answer.body()).at("/error/code").asText()).isEqualTo("bad_gateway");
    assertThat(tenant.receiptOf(answer).path("ending").asText()).isEqualTo("unreachable");
  }
}
