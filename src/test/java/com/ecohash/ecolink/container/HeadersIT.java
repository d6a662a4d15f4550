package com.ecohash.ecolink.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.ecohash.ecolink.testing.ReceivedRequest;
import java.io.IOException;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which header fields pass between client and container, and which do not, on either server. */
@ExtendWith(ArquillianExtension.class)
class HeadersIT {
  /** Set in the environment of every gateway under test. */
  private static final String ALLOWED_ORIGIN = "https://app.example.com";

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

  private RawHttp.Answer ask(String fields) throws IOException {
    String body = Tenant.question(model, false);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(head(fields + "Content-Length: " + body.length() + "\r\n") + body);
      return client.answer();
    }
  }

  private String head(String fields) {
    return "POST /v1/chat/completions HTTP/1.1\r\nHost: gateway.example.com\r\n"
        + "Authorization: Bearer "
        + tenant.key()
        + "\r\n"
        + fields
        + "\r\n";
  }

  // ---- to the container -------------------------------------------------------------------------

  @Test
  void tellsTheContainerWhoCallsAndNothingThatIsNotItsBusiness() throws IOException {
    ask(
        "Cookie: session=secret\r\nConnection: keep-alive, X-Hop\r\nX-Hop: secret\r\n"
            + "Proxy-Authorization: Basic secret\r\nX-Forwarded-For: 6.6.6.6\r\n"
            + "Forwarded: for=6.6.6.6\r\nX-EcoLink-Account: 7\r\nTE: trailers\r\n"
            + "Accept-Encoding: gzip\r\nX-Custom: kept\r\nUser-Agent: test/1\r\n");

    ReceivedRequest seen = container.received().get(0);
    assertThat(seen.header("host")).contains("127.0.0.1:" + container.port());
    assertThat(seen.header("x-forwarded-for")).contains("127.0.0.1");
    assertThat(seen.header("x-forwarded-proto")).contains("http");
    assertThat(seen.header("x-forwarded-host")).contains("gateway.example.com");
    assertThat(seen.header("via")).contains("1.1 ecolink");
    assertThat(seen.header("x-custom")).contains("kept");
    assertThat(seen.header("user-agent")).contains("test/1");
    assertThat(seen.header("content-length")).contains(Integer.toString(seen.body().length));
    assertThat(seen.headers().toString()).doesNotContain("secret", "6.6.6.6", tenant.key());
    assertThat(seen.headers())
        .doesNotContainKeys(
            "cookie",
            "authorization",
            "connection",
            "te",
            "forwarded",
            "accept-encoding",
            "x-hop",
            "x-ecolink-account",
            "proxy-authorization");
  }

  @Test
  void answersAnExpectationItselfAndKeepsItFromTheContainer() throws IOException {
    String body = Tenant.question(model, false);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(head("Expect: 100-continue\r\nContent-Length: " + body.length() + "\r\n"));
      assertThat(client.answer().status()).isEqualTo(100);
      client.send(body);
      assertThat(client.answer().status()).isEqualTo(200);
    }
    assertThat(container.received().get(0).header("expect")).isEmpty();
  }

  @Test
  void doesNotAskForABodyThatItRefuses() throws IOException {
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(
          head("Expect: 100-continue\r\nContent-Length: 10\r\n").replace("Bearer eco", "Bearer"));
      assertThat(client.answer().status()).isEqualTo(401);
    }
  }

  // ---- to the client ----------------------------------------------------------------------------

  @Test
  void passesAContainersFieldsOnButForThoseThatSpeakForTheGateway() throws IOException {
    container.next(
        Behaviour.Raw.thenClose(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                + "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\nServer: secret\r\n"
                + "X-Powered-By: secret\r\nSet-Cookie: a=secret\r\nAlt-Svc: h3=secret\r\n"
                + "Strict-Transport-Security: max-age=1\r\nClear-Site-Data: \"*\"\r\n"
                + "Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Credentials: true\r\n"
                + "X-Request-Id: secret\r\nX-EcoLink-Region: secret\r\n"
                + "X-RateLimit-Limit: secret\r\n"
                + "Connection: close, X-Hop\r\nConnection: X-Hop-Too\r\n"
                + "X-Hop: secret\r\nX-Hop-Too: secret\r\nKeep-Alive: timeout=secret\r\n"
                + "X-Custom: one\r\nX-Custom: two\r\nX-RateLimit-Limit-Requests: 9\r\n\r\n{}"));
    RawHttp.Answer answer = ask("");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{}");
    assertThat(answer.headers())
        .contains("x-custom: one\r\n", "x-custom: two\r\n", "x-ratelimit-limit-requests: 9\r\n")
        .doesNotContain(
            "secret",
            "1970",
            "access-control-",
            "strict-transport",
            "clear-site-data",
            "x-powered-by",
            "\r\nserver:");
    assertThat(answer.headers().split("\r\ndate: ", -1)).hasSize(2);
    assertThat(answer.headers().split("\r\ncontent-length: ", -1)).hasSize(2);
  }

  // ---- browsers ---------------------------------------------------------------------------------

  private HttpResponse<String> preflight(String path, String origin) {
    return gateway.send(
        HttpRequest.newBuilder(gateway.resolve(path))
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .setHeader("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization,content-type")
            .build());
  }

  private static String field(HttpResponse<?> answer, String name) {
    assertThat(answer.headers().allValues(name)).as(name).hasSize(1);
    return answer.headers().firstValue(name).orElseThrow();
  }

  @Test
  void answersABrowserThatAsksBeforeItCalls() {
    for (String path : new String[] {"/v1/chat/completions", "/inference-instances/1/proxy/a"}) {
      HttpResponse<String> answer = preflight(path, ALLOWED_ORIGIN);
      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(field(answer, "access-control-allow-origin")).isEqualTo(ALLOWED_ORIGIN);
      assertThat(field(answer, "access-control-allow-methods")).contains("POST", "DELETE");
      assertThat(field(answer, "access-control-allow-headers"))
          .isEqualTo("authorization,content-type");
      assertThat(field(answer, "access-control-max-age")).isEqualTo("600");
      assertThat(answer.headers().allValues("vary")).contains("Origin");
    }
  }

  @Test
  void refusesAnotherSite() {
    HttpResponse<String> answer = preflight("/v1/chat/completions", "https://evil.example.com");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(Tenant.json(answer.body()).at("/error/message").asText())
        .contains("ecolink.cors.origins");
    assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
  }

  @Test
  void letsAnAllowedPageReadEveryAnswer() throws IOException {
    for (String key : new String[] {tenant.key(), "wrong"}) {
      HttpResponse<String> answer =
          gateway.send(
              HttpRequest.newBuilder(gateway.resolve("/v1/chat/completions"))
                  .header("Authorization", "Bearer " + key)
                  .setHeader("Origin", ALLOWED_ORIGIN)
                  .POST(HttpRequest.BodyPublishers.ofString(Tenant.question(model, false)))
                  .build());
      assertThat(answer.statusCode()).isIn(200, 401);
      assertThat(field(answer, "access-control-allow-origin")).isEqualTo(ALLOWED_ORIGIN);
      assertThat(field(answer, "access-control-expose-headers"))
          .contains("x-ecolink-region", "x-ratelimit-remaining", "server-timing");
      assertThat(answer.headers().firstValue("access-control-allow-credentials")).isEmpty();
    }
    assertThat(container.received().get(0).header("origin")).isEmpty();
  }

  @Test
  void saysNothingOfOriginsToWhoHasNone() {
    HttpResponse<String> answer = tenant.ask(model);
    assertThat(answer.headers().map().keySet())
        .noneMatch(name -> name.startsWith("access-control-"));
  }
}
