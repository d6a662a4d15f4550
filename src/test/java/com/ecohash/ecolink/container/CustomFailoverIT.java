package com.ecohash.ecolink.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.ecohash.ecolink.testing.FramedContainer;
import com.ecohash.ecolink.testing.StreamingContainer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which exchanges of the custom path are sent a second time (SPEC 2.2 and 2.3). */
@ExtendWith(ArquillianExtension.class)
class CustomFailoverIT {
  @ArquillianResource private URL address;

  private final FakeContainer west = FakeContainer.start();
  private final FakeContainer central = FakeContainer.start();
  private RunningGateway gateway;
  private Tenant tenant;
  private String path = "";

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
    west.close();
    central.close();
  }

  private void launch(FakeContainer... containers) {
    launch(Stream.of(containers).map(FakeContainer::uri).toArray(URI[]::new));
  }

  private void launch(URI... containers) {
    long id = tenant.launchCustom("/", "http/1.1", containers);
    path = "/inference-instances/" + id + "/proxy/x";
  }

  private HttpResponse<String> ask(String method, String body) {
    HttpRequest.BodyPublisher publisher =
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    return gateway.send(tenant.authorized(path).method(method, publisher).build());
  }

  private static Behaviour failing(String how) {
    return switch (how) {
      case "close" -> new Behaviour.CloseBeforeHeaders();
      case "502", "503", "504" -> new Behaviour.Status(Integer.parseInt(how), "not now");
      case "empty" -> new Behaviour.Status(200, "");
      case "garbage" -> Behaviour.Raw.thenClose("\u0000\u0001 this is no HTTP\r\n\r\n");
      default -> throw new IllegalArgumentException(how);
    };
  }

  @ParameterizedTest
  @CsvSource({"GET,''", "POST,''", "POST,body", "PUT,body", "PATCH,body", "PROPFIND,''"})
  void goesOnWhereNoConnectionIsMade(String method, String body) {
    launch(west, central);
    west.close();
    for (int i = 0; i < 4; i++) {
      assertThat(ask(method, body).statusCode()).isEqualTo(200);
    }
    await().until(() -> central.answeredInFull() == 4);
    if (!body.isEmpty()) {
      assertThat(central.received().get(0).text()).isEqualTo(body);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "502", "503", "504", "empty", "garbage"})
  void goesOnWithAGetThatFailed(String how) {
    west.behave(failing(how));
    launch(west, central);
    for (int i = 0; i < 4; i++) {
      HttpResponse<String> answer = ask("GET", "");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("Hello there");
    }
    await().until(() -> central.answeredInFull() == 4);
  }

  @ParameterizedTest
  @CsvSource({"PUT,''", "DELETE,''", "OPTIONS,''"})
  void goesOnWithOtherIdempotentMethods(String method, String body) {
    west.behave(failing("503"));
    launch(west, central);
    for (int i = 0; i < 4; i++) {
      assertThat(ask(method, body).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({"POST,''", "POST,body", "PATCH,body", "PUT,body", "DELETE,body"})
  void sendsNothingTwiceThatMayHaveBeenProcessed(String method, String body) {
    west.behave(failing("close"));
    central.behave(failing("close"));
    launch(west, central);

    HttpResponse<String> answer = ask(method, body);

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(Tenant.json(answer.body()).at("/error/code").asText()).isEqualTo("bad_gateway");
    assertThat(west.received().size() + central.received().size()).isEqualTo(1);
    assertThat(tenant.receiptOf(answer).path("attempts")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 503, 504})
  void passesAnAnswerOnWhoseRequestCannotBeSentAgain(int status) {
    west.behave(new Behaviour.Status(status, "not now"));
    central.behave(new Behaviour.Status(status, "not now"));
    launch(west, central);

    HttpResponse<String> answer = ask("POST", "body");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo("not now");
    assertThat(west.received().size() + central.received().size()).isEqualTo(1);
  }

  private RawHttp begin(String method) throws IOException {
    RawHttp client = new RawHttp(gateway.base());
    client.send(
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
            + tenant.key()
            + "\r\nTransfer-Encoding: chunked\r\n\r\n");
    return client;
  }

  /** The client need not know that it was another region that refused its request's head. */
  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "GET", "OPTIONS"})
  void sendsABodyThatComesLateToTheRegionThatAnswers(String method) throws IOException {
    AtomicInteger asked = new AtomicInteger();
    StreamingContainer.Script script =
        stage -> {
          if (asked.getAndIncrement() == 0) {
            stage.answer(503, "not now");
          } else {
            stage.answer(200, new String(stage.body().all(), UTF_8));
          }
        };
    try (StreamingContainer one = StreamingContainer.playing(script);
        StreamingContainer other = StreamingContainer.playing(script)) {
      launch(one.uri(), other.uri());
      try (RawHttp client = begin(method)) {
        await().until(() -> asked.get() == 2);
        await("the region that refused gets no more of it")
            .until(() -> one.abandoned() + other.abandoned() == 1);
        client.send("5\r\nfirst\r\n");
        client.send("5\r\n rest\r\n0\r\n\r\n");
        RawHttp.Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("first rest");
      }
    }
  }

  /** What came after the head of a refusal may be in the refusing region's hands already. */
  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE"})
  void sendsNoRegionTheRestOfABody(String method) throws IOException {
    StreamingContainer.Script script =
        stage -> {
          stage.write("HTTP/1.1 503 Not now\r\nContent-Length: 7\r\n\r\n");
          stage.body().next();
          stage.write("not now");
        };
    try (StreamingContainer one = StreamingContainer.playing(script);
        StreamingContainer other = StreamingContainer.playing(script)) {
      launch(one.uri(), other.uri());
      try (RawHttp client = begin(method)) {
        await().until(() -> one.received().size() + other.received().size() == 1);
        client.send("5\r\nfirst\r\n");
        RawHttp.Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("not now");
        assertThat(one.received().size() + other.received().size()).isEqualTo(1);
      }
    }
  }

  @Test
  void namesTheLimitThatAnAnswersHeadIsOver() {
    west.behave(
        Behaviour.Raw.thenClose("HTTP/1.1 200 OK\r\nX: " + "a".repeat(70_000) + "\r\n\r\n"));
    launch(west);
    HttpResponse<String> answer = ask("POST", "body");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("head_too_large", "`ecolink.upstream.head-max`");
  }

  @Test
  void namesTheLimitThatAnAnswerIsOverWhichWasHeldBack() {
    String tooLong = "x".repeat(2 << 20);
    west.behave(new Behaviour.Status(503, tooLong));
    launch(west);
    HttpResponse<String> answer = ask("GET", "");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("`ecolink.limits.held-answer`");
  }

  @ParameterizedTest
  @CsvSource({"POST,REFUSE_STREAM", "POST,GO_AWAY", "GET,REFUSE_STREAM", "GET,HANG_UP"})
  void sendsAgainWhatAnHttp2ContainerHasNotLookedAt(String method, FramedContainer.Deed deed) {
    try (FramedContainer container = FramedContainer.start()) {
      long id = tenant.launchCustom("/", "h2c", container.uri());
      path = "/inference-instances/" + id + "/proxy/x";
      assertThat(ask(method, "").statusCode()).isEqualTo(200);
      container.next(deed);

      HttpResponse<String> answer = ask(method, "");

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(container.received()).hasSize(3);
      assertThat(Aftermath.results(tenant.receiptOf(answer)))
          .containsExactly(
              deed == FramedContainer.Deed.HANG_UP ? "stale_connection" : "refused_stream", "ok");
    }
  }

  @Test
  void sendsARefusedStreamAgainOnlyOnce() {
    try (FramedContainer container = FramedContainer.start()) {
      long id = tenant.launchCustom("/", "h2c", container.uri());
      path = "/inference-instances/" + id + "/proxy/x";
      container.next(FramedContainer.Deed.REFUSE_STREAM, FramedContainer.Deed.REFUSE_STREAM);

      assertThat(ask("POST", "").statusCode()).isEqualTo(502);
      assertThat(container.received()).hasSize(2);
      assertThat(ask("POST", "").statusCode()).as("its health is not touched").isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({"503,not now", "200,''"})
  void passesTheLastAnswerOnWhenAllRegionsFail(int status, String body) {
    west.behave(new Behaviour.Status(status, body));
    central.behave(new Behaviour.Status(status, body));
    launch(west, central);

    HttpResponse<String> answer = ask("GET", "");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(answer.headers().firstValue("server-timing").orElseThrow())
        .contains("failover;dur=")
        .doesNotContain("ttfb");
    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.path("attempts")).hasSize(2);
    assertThat(receipt.path("ending").asText())
        .isEqualTo(status == 200 ? "completed" : "container_error");
  }

  @ParameterizedTest
  @CsvSource({"GET,''", "POST,body", "PUT,body"})
  void isNotTroubledByConnectionsThatDie(String method, String body) {
    west.behave(new Behaviour.AnswerThenClose(5));
    launch(west);
    for (int i = 0; i < 50; i++) {
      assertThat(ask(method, body).statusCode()).isEqualTo(200);
    }
    await().until(() -> west.answeredInFull() == 50);
  }

  @Test
  void reusesConnectionsForWhatMayBeSentAgain() {
    launch(west);
    assertThat(ask("GET", "").statusCode()).isEqualTo(200);
    int connections = west.connections();
    for (int i = 0; i < 20; i++) {
      assertThat(ask("GET", "").statusCode()).isEqualTo(200);
    }
    assertThat(west.connections() - connections).isLessThan(15); // health checks have theirs
  }

  @Test
  void answers504WhenTheContainerSaysNothing() {
    west.behave(new Behaviour.Stall());
    central.behave(new Behaviour.Stall());
    launch(west, central);

    HttpResponse<String> answer = ask("GET", "");

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body()).contains("ecolink.upstream.first-byte-timeout");
    assertThat(tenant.receiptOf(answer).path("ending").asText()).isEqualTo("timeout");
    assertThat(tenant.receiptOf(answer).path("attempts")).hasSize(1);
  }
}
