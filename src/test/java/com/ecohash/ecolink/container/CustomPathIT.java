package com.ecohash.ecolink.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.testing.FakeContainer;
import com.ecohash.ecolink.testing.ReceivedRequest;
import com.ecohash.ecolink.testing.Stage;
import com.ecohash.ecolink.testing.StreamingContainer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
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

/** The custom path over HTTP/1.1 on either server (SPEC 2.2). */
@ExtendWith(ArquillianExtension.class)
class CustomPathIT {
  @ArquillianResource private URL address;

  private RunningGateway gateway;
  private Tenant tenant;
  private StreamingContainer container = StreamingContainer.playing(CustomPathIT::answerOk);
  private long instance;

  @Deployment(testable = false)
  static WebArchive archive() {
    return RunningGateway.archive();
  }

  @BeforeEach
  void begin() {
    gateway = RunningGateway.at(address);
    tenant = Tenant.on(gateway);
  }

  @AfterEach
  void end() {
    container.close();
  }

  private void play(StreamingContainer.Script script) {
    container.close();
    container = StreamingContainer.playing(script);
    instance = tenant.launchCustom("/generate", "http/1.1", container.uri());
  }

  private static void answerOk(Stage stage) throws IOException {
    stage.body().skip();
    stage.answer(200, "done");
  }

  private String proxied(String path) {
    return "/inference-instances/" + instance + "/proxy" + path;
  }

  private HttpRequest.Builder to(String path) {
    return tenant.authorized(proxied(path));
  }

  private String head(String method, String path, String fields) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
        + tenant.key()
        + "\r\n"
        + fields
        + "\r\n";
  }

  private ReceivedRequest seen() {
    assertThat(container.received()).hasSize(1);
    return container.received().get(0);
  }

  // ---- requests as they are ---------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"})
  void takesAnyMethod(String method) {
    play(CustomPathIT::answerOk);

    HttpResponse<String> answer =
        gateway.send(to("/generate").method(method, HttpRequest.BodyPublishers.noBody()).build());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(method.equals("HEAD") ? "" : "done");
    assertThat(answer.headers().firstValue("content-length")).contains("4");
    assertThat(answer.headers().firstValue("x-ecolink-region")).isPresent();
    assertThat(answer.headers().firstValue("server-timing").orElseThrow())
        .contains("auth;dur=", "route;dur=", "connect;dur=", "ttfb;dur=");
    assertThat(seen().method()).isEqualTo(method);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "DELETE"})
  void passesABodyOnWithAnyMethod(String method) {
    StringBuilder body = new StringBuilder();
    play(
        stage -> {
          body.append(new String(stage.body().all(), UTF_8));
          stage.answer(200, "done");
        });

    gateway.send(
        to("/generate").method(method, HttpRequest.BodyPublishers.ofString("{\"é\":1}")).build());

    assertThat(body.toString()).isEqualTo("{\"é\":1}");
    assertThat(seen().header("content-length")).contains("8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/generate",
        "/generate/",
        "/generate/a%20b/c%2Bd+e",
        "/generate/~user/!$&'()*+,=:@",
        "/generate/100%25/caf%C3%A9",
        "/generate/gener%61te",
        "/generate?q=%7B%22a%22%3A1%7D&x=a+b&&y&=",
        "/generate?path=../../etc//passwd;x&u=http://h/?a=b",
        "/generate/x?%2e%2e%2f"
      })
  void keepsPathAndQueryByteForByte(String target) throws IOException {
    play(CustomPathIT::answerOk);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(head("GET", proxied(target), ""));
      assertThat(client.answer().status()).isEqualTo(200);
    }
    assertThat(seen().target()).isEqualTo(target);
  }

  @Test
  void passesHeadersOnAndKeepsWhatIsTheGateways() throws IOException {
    play(
        stage -> {
          stage.body().skip();
          stage.write(
              "HTTP/1.1 200 OK\r\nContent-Type: application/x-bespoke; a=\"b\"\r\n"
                  + "X-Custom: one\r\nX-Custom: two\r\nSet-Cookie: a=b\r\nServer: fake\r\n"
                  + "Content-Encoding: gzip\r\nETag: \"x\"\r\nConnection: X-Hop\r\nX-Hop: 1\r\n"
                  + "Content-Length: 2\r\n\r\nok");
        });
    RawHttp.Answer answer;
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(
          head(
                  "POST",
                  proxied("/generate"),
                  "Accept: nonsense\r\nAccept-Encoding: br\r\nContent-Type: what/ever; x=y\r\n"
                      + "Cookie: a=b\r\nX-Own: 1\r\nX-Own: 2\r\nX-EcoLink-Instance: 7\r\n"
                      + "Connection: keep-alive, X-Hop\r\nX-Hop: 1\r\nTE: trailers\r\n"
                      + "User-Agent: mine/1\r\nContent-Length: 2\r\n")
              + "hi");
      answer = client.answer();
    }
    ReceivedRequest request = seen();
    assertThat(request.header("accept")).contains("nonsense");
    assertThat(request.header("accept-encoding")).contains("br");
    assertThat(request.header("content-type")).contains("what/ever; x=y");
    assertThat(request.header("user-agent")).contains("mine/1");
    assertThat(request.headers().get("x-own")).containsExactly("1", "2");
    assertThat(request.headers())
        .doesNotContainKeys("authorization", "cookie", "x-hop", "te", "x-ecolink-instance");
    assertThat(request.header("host")).contains(container.uri().getAuthority());

    assertThat(answer.headers())
        .contains("content-type: application/x-bespoke", "x-custom: one", "x-custom: two")
        .contains("content-encoding: gzip", "etag: \"x\"")
        .doesNotContain("set-cookie", "server: fake", "x-hop");
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 301, 304, 401, 404, 418, 500, 503})
  void passesEveryStatusOn(int status) {
    play(
        stage -> {
          stage.body().skip();
          boolean bodiless = status == 204 || status == 304;
          stage.write(
              "HTTP/1.1 "
                  + status
                  + " Status\r\nLocation: /elsewhere\r\n"
                  + (bodiless ? "\r\n" : "Content-Length: 2\r\n\r\nno"));
        });
    HttpResponse<String> answer =
        gateway.send(to("/generate").POST(HttpRequest.BodyPublishers.ofString("x")).build());
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("location")).contains("/elsewhere");
    assertThat(container.received()).hasSize(1);
  }

  // ---- both ways at once ------------------------------------------------------------------------

  @Test
  void streamsBothWaysAtOnceAndUnbuffered() throws IOException {
    play(
        stage -> {
          stage.begin("Content-Type: application/octet-stream\r\n");
          for (byte[] piece = stage.body().next(); piece.length > 0; piece = stage.body().next()) {
            stage.chunk(piece);
          }
          stage.end("");
        });
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(head("POST", proxied("/generate"), "Transfer-Encoding: chunked\r\n"));
      assertThat(client.head()).startsWith("HTTP/1.1 200 "); // before any byte of the body
      for (String word : new String[] {"one", "two!", "three"}) {
        client.send(Integer.toHexString(word.length()) + "\r\n" + word + "\r\n");
        assertThat(client.chunk()).isEqualTo(word);
      }
      client.send("0\r\n\r\n");
      assertThat(client.chunk()).isEmpty();
    }
  }

  @Test
  void sendsEachEventWhenItArrives() throws IOException {
    CountDownLatch read = new CountDownLatch(1);
    play(
        stage -> {
          stage.begin("Content-Type: text/event-stream\r\n");
          stage.chunk("data: 1\n\n".getBytes(UTF_8));
          awaitLatch(read);
          stage.chunk("data: 2\n\n".getBytes(UTF_8));
          stage.end("");
        });
    HttpResponse<InputStream> answer = stream(to("/generate").build());
    try (InputStream body = answer.body()) {
      assertThat(new String(body.readNBytes(9), UTF_8)).isEqualTo("data: 1\n\n");
      read.countDown();
      assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo("data: 2\n\n");
    }
  }

  @Test
  void passesTrailersBothWays() throws IOException {
    play(
        stage -> {
          stage.body().skip();
          stage.begin("Trailer: X-Sum\r\n");
          stage.chunk(stage.body().trailers().toString().getBytes(UTF_8));
          stage.end("X-Sum: 42\r\n");
        });
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(
          head("POST", proxied("/generate"), "Transfer-Encoding: chunked\r\nTrailer: X-Up\r\n")
              + "1\r\na\r\n0\r\nX-Up: yes\r\n\r\n");
      client.head();
      assertThat(client.chunk().toLowerCase(Locale.ROOT)).isEqualTo("{x-up=[yes]}");
      assertThat(client.chunk()).isEmpty();
      assertThat(client.line().toLowerCase(Locale.ROOT)).isEqualTo("x-sum: 42");
    }
  }

  @Test
  void keepsInTrailersWhatItKeepsInHeaders() throws IOException {
    play(
        stage -> {
          stage.body().skip();
          stage.begin("Trailer: X-Sum\r\n");
          stage.chunk(String.join(" ", stage.body().trailers().keySet()).getBytes(UTF_8));
          stage.end(
              "X-Sum: 42\r\nSet-Cookie: a=b\r\nServer: fake\r\nX-EcoLink-Region: moon\r\n"
                  + "Access-Control-Allow-Origin: *\r\n");
        });
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(
          head("POST", proxied("/generate"), "Transfer-Encoding: chunked\r\nTrailer: X-Up\r\n")
              + "1\r\na\r\n0\r\nX-Up: yes\r\nAuthorization: Bearer x\r\nCookie: a=b\r\n"
              + "X-Forwarded-For: 1.2.3.4\r\nX-Real-IP: 1.2.3.4\r\nX-EcoLink-Account: 1\r\n\r\n");
      client.head();
      assertThat(client.chunk().toLowerCase(Locale.ROOT)).isEqualTo("x-up");
      assertThat(client.chunk()).isEmpty();
      assertThat(client.line().toLowerCase(Locale.ROOT)).isEqualTo("x-sum: 42");
      assertThat(client.line()).isEmpty();
    }
  }

  /** So that the answer's length is known before its head has gone. */
  @ParameterizedTest
  @ValueSource(strings = {"Trailer: X-Sum\r\n", ""})
  void passesTrailersOfAnAnswerThatComesInOnePiece(String announcement) throws IOException {
    play(
        stage -> {
          stage.body().skip();
          stage.write(
              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
                  + announcement
                  + "\r\n2\r\nab\r\n0\r\nX-Sum: 42\r\n\r\n");
        });
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(head("GET", proxied("/generate"), ""));
      client.head();
      assertThat(client.chunk()).isEqualTo("ab");
      assertThat(client.chunk()).isEmpty();
      assertThat(client.line().toLowerCase(Locale.ROOT)).isEqualTo("x-sum: 42");
    }
  }

  @Test
  void holdsTheContainerBackWhenTheClientIsSlow() throws IOException {
    long bytes = 256L << 20;
    CountDownLatch written = new CountDownLatch(1);
    play(
        stage -> {
          stage.write("HTTP/1.1 200 OK\r\nContent-Length: " + bytes + "\r\n\r\n");
          byte[] block = new byte[64 * 1024];
          for (long left = bytes; left > 0; left -= block.length) {
            stage.write(block);
          }
          written.countDown();
        });
    HttpResponse<InputStream> answer = stream(to("/generate").build());
    try (InputStream body = answer.body()) {
      assertThat(body.readNBytes(1000)).hasSize(1000);
      await()
          .during(Duration.ofMillis(1500))
          .atMost(Duration.ofSeconds(5))
          .until(() -> written.getCount() == 1);
      assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(bytes - 1000);
    }
    awaitLatch(written);
  }

  @Test
  void holdsTheClientBackWhenTheContainerIsSlow() throws IOException {
    CountDownLatch readOn = new CountDownLatch(1);
    AtomicLong sent = new AtomicLong();
    AtomicLong arrived = new AtomicLong();
    play(
        stage -> {
          awaitLatch(readOn);
          arrived.set(stage.body().skip());
          stage.answer(200, "done");
        });
    long bytes = 256L << 20;
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(head("POST", proxied("/generate"), "Content-Length: " + bytes + "\r\n"));
      Thread sender = new Thread(() -> sendAll(client, bytes, sent));
      sender.start();
      await()
          .during(Duration.ofMillis(1500))
          .atMost(Duration.ofSeconds(5))
          .until(() -> sent.get() < bytes);
      readOn.countDown();
      assertThat(client.answer().status()).isEqualTo(200);
    }
    assertThat(arrived.get()).isEqualTo(bytes);
  }

  private static void sendAll(RawHttp client, long bytes, AtomicLong sent) {
    byte[] block = new byte[64 * 1024];
    try {
      for (; sent.get() < bytes; sent.addAndGet(block.length)) {
        client.send(block);
      }
    } catch (IOException e) {
      sent.set(-1);
    }
  }

  @Test
  void answersBeforeTheRequestIsWhole() throws IOException {
    play(
        stage -> {
          stage.answer(413, "too much");
          stage.body().skip();
        });
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(
          head("POST", proxied("/generate"), "Transfer-Encoding: chunked\r\n") + "1\r\na\r\n");
      RawHttp.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body()).isEqualTo("too much");
    }
  }

  @Test
  void lets100ContinueWork() throws IOException {
    play(CustomPathIT::answerOk);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(
          head("POST", proxied("/generate"), "Expect: 100-continue\r\nContent-Length: 2\r\n"));
      assertThat(client.head()).startsWith("HTTP/1.1 100 ");
      client.send("hi");
      assertThat(client.answer().status()).isEqualTo(200);
    }
    assertThat(seen().header("expect")).isEmpty();
  }

  @Test
  void ignoresAnOfferToUpgradeToHttp2() throws IOException, InterruptedException {
    play(CustomPathIT::answerOk);
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                to("/generate").POST(HttpRequest.BodyPublishers.ofString("x")).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(seen().headers()).doesNotContainKeys("upgrade", "http2-settings");
    assertThat(seen().header("connection")).contains("close"); // the gateway's own
  }

  // ---- refusals ---------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/generate/../admin",
        "/generate/%2e%2e/admin",
        "/generate/%2E%2E/admin",
        "/generate/.%2e/admin",
        "/generate/..;/admin",
        "/generate;/admin",
        "/generate;a=b",
        "/generate//admin",
        "//generate",
        "/generate%2f..%2fadmin",
        "/generate/%5c..%5cadmin",
        "/generate/..\\admin",
        "/generate/%00",
        "/generate/%252e%252e/admin",
        "/generate/%25252e%25252e/admin",
        "/generate/%c0%ae%c0%ae/admin",
        "/generate/%zz",
        "/generate/%u002e%u002e",
        "/../../v1/models",
        "/generate/\u00e9"
      })
  void letsNoPathTrickThrough(String path) throws IOException {
    play(CustomPathIT::answerOk);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(head("GET", proxied(path), ""));
      assertThat(client.answer().status()).isEqualTo(400);
    }
    assertThat(container.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/generate_stream", "/admin", "/", "", "/GENERATE", "/generate.json"})
  void admitsOnlyWhatLiesBelowTheCustomApiPath(String path) {
    play(CustomPathIT::answerOk);
    assertRefused(gateway.send(to(path).build()), 404, "not_found");
  }

  @Test
  void refusesWhatIsNoInstance() {
    play(CustomPathIT::answerOk);
    String known = Long.toString(instance);
    for (String id :
        new String[] {"999999999999", "0" + known, "x", "-1", "", "99999999999999999999"}) {
      assertRefused(
          gateway.send(tenant.authorized("/inference-instances/" + id + "/proxy/generate").build()),
          id.isEmpty() ? 400 : 404,
          id.isEmpty() ? "invalid_request" : "not_found");
    }
    assertRefused(
        gateway.send(tenant.authorized("/inference-instances/" + known + "/generate").build()),
        404,
        "not_found");
  }

  @Test
  void refusesAnOpenAiCompatibleInstance() {
    play(CustomPathIT::answerOk);
    try (var chat = FakeContainer.start()) {
      String model = tenant.launch(chat);
      String id = model.substring(model.indexOf(':') + 1);
      HttpResponse<String> answer =
          gateway.send(tenant.authorized("/inference-instances/" + id + "/proxy/v1").build());
      assertRefused(answer, 400, "wrong_endpoint");
      assertThat(answer.body()).contains("/v1/chat/completions", model);
      assertThat(chat.received()).isEmpty();
    }
  }

  @Test
  void refusesWhomItDoesNotKnowOrDoesNotBelongTo() {
    play(CustomPathIT::answerOk);
    assertRefused(
        gateway.send(HttpRequest.newBuilder(gateway.resolve(proxied("/generate"))).build()),
        401,
        "unauthorized");
    assertRefused(
        gateway.send(Tenant.on(gateway).authorized(proxied("/generate")).build()),
        403,
        "forbidden");
  }

  @Test
  void refusesWhoCannotPay() {
    tenant = Tenant.withoutMoney(gateway);
    play(CustomPathIT::answerOk);
    assertRefused(gateway.send(to("/generate").build()), 402, "insufficient_balance");
  }

  @Test
  void refusesAStoppedInstance() {
    play(CustomPathIT::answerOk);
    tenant.delete("/api/instances/" + instance);
    HttpResponse<String> answer = gateway.send(to("/generate").build());
    assertRefused(answer, 503, "instance_not_running");
    assertThat(answer.body()).contains("terminated");
  }

  @Test
  void refusesWebSocketsClearly() throws IOException {
    play(CustomPathIT::answerOk);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(
          head(
              "GET",
              proxied("/generate"),
              "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                  + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"));
      RawHttp.Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(501);
      assertThat(answer.body()).contains("not_implemented", "WebSocket");
    }
    assertThat(container.received()).isEmpty();
  }

  private void assertRefused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(Tenant.json(answer.body()).at("/error/code").asText()).isEqualTo(code);
    assertThat(container.received()).isEmpty();
  }

  // ---- ends -------------------------------------------------------------------------------------

  @Test
  void leavesARecordWithoutUnits() {
    play(CustomPathIT::answerOk);
    HttpResponse<String> answer = gateway.send(to("/generate").build());
    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.path("ending").asText()).isEqualTo("completed");
    assertThat(receipt.path("status").asInt()).isEqualTo(200);
    assertThat(receipt.path("cost").asText()).isEqualTo("0.00");
    assertThat(receipt.path("category").isNull() || receipt.path("category").isMissingNode())
        .isTrue();
    assertThat(receipt.path("region").asText())
        .isEqualTo(answer.headers().firstValue("x-ecolink-region").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 100", "Transfer-Encoding: chunked"})
  void neverMakesABrokenAnswerLookWhole(String framing) throws IOException {
    play(
        stage -> {
          stage.body().skip();
          stage.write("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n");
          stage.write(framing.contains("chunked") ? "5\r\nhello\r\n" : "hello");
          stage.hangUp();
        });
    String id;
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(head("POST", proxied("/generate"), "Content-Length: 0\r\n"));
      String head = client.head();
      id = head.replaceAll("(?is).*x-request-id: ([^\r\n]+).*", "$1");
      String rest = new String(client.rest(), ISO_8859_1);
      assertThat(rest).doesNotContain("\r\n0\r\n").hasSizeLessThan(100);
    }
    JsonNode receipt =
        await().ignoreExceptions().until(() -> tenant.receipt(id), found -> found != null);
    assertThat(receipt.path("ending").asText()).isEqualTo("container_failed");
  }

  private static void awaitLatch(CountDownLatch latch) {
    await().atMost(Duration.ofSeconds(20)).until(() -> latch.getCount() == 0);
  }

  private static HttpResponse<InputStream> stream(HttpRequest request) throws IOException {
    try {
      return HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .build()
          .send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
