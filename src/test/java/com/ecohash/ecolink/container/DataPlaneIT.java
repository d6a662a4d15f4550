package com.ecohash.ecolink.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.ecohash.ecolink.testing.ReceivedRequest;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chat request's way on either server (SPEC 2.1 and 2.3). */
@ExtendWith(ArquillianExtension.class)
class DataPlaneIT {
  private static final String UNHEALTHY = "{\"error\":{\"message\":\"warming up\",\"code\":503}}";

  @ArquillianResource private URL address;

  private final FakeContainer west = FakeContainer.start();
  private final FakeContainer central = FakeContainer.start();
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
    west.close();
    central.close();
  }

  // ---- the good way -----------------------------------------------------------------------------

  @Test
  void passesTheRequestOnAsItCameButForTheModel() {
    String model = tenant.launch(west);
    String body =
        "{ \"temperature\": 1.0e-1,\"model\" : \"%s\" ,\"x\":\"\\u00e9\",\"messages\":[]}"
            .formatted(model);

    HttpResponse<String> answer = tenant.chat(body);

    assertThat(answer.statusCode()).isEqualTo(200);
    ReceivedRequest seen = west.received().get(0);
    assertThat(seen.text()).isEqualTo(body.replace("\"" + model + "\"", "\"my-llama\""));
    assertThat(seen.target()).isEqualTo("/v1/chat/completions");
    assertThat(seen.header("authorization")).isEmpty();
    assertThat(seen.header("cookie")).isEmpty();
    assertThat(seen.header("content-type")).contains("application/json");
    assertThat(seen.headers().keySet()).noneMatch(name -> name.startsWith("x-ecolink"));
  }

  @Test
  void passesTheAnswerOnAndSaysWhereItCameFrom() {
    HttpResponse<String> answer = tenant.ask(tenant.launch(west));

    assertThat(Tenant.json(answer.body()).at("/choices/0/message/content").asText())
        .isEqualTo("Hello there");
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(answer.headers().firstValue("x-ecolink-region").orElseThrow()).startsWith("region-");
    assertThat(answer.headers().firstValue("x-request-id"))
        .isEqualTo(answer.headers().firstValue("x-ecolink-request-id"))
        .isPresent();
  }

  @Test
  void saysWhatTookHowLong() {
    HttpResponse<String> answer = tenant.ask(tenant.launch(west));

    assertThat(answer.headers().firstValue("server-timing").orElseThrow())
        .contains("auth;dur=", "read;dur=", "route;dur=", "connect;dur=", "ttfb;dur=");
  }

  @Test
  void passesATraceOnAsItIsWhereNobodyCollectsTraces() {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    RunningGateway.at(address)
        .send(
            tenant
                .chatRequest(Tenant.question(tenant.launch(west), false))
                .header("traceparent", trace)
                .header("tracestate", "vendor=word")
                .build());

    assertThat(west.received().get(0).header("traceparent")).contains(trace);
    assertThat(west.received().get(0).header("tracestate")).contains("vendor=word");
  }

  @Test
  void sendsEachEventWhenItArrives() throws IOException {
    west.behave(
        Behaviour.Raw.thenSilence(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: {\"choices\":[{}]}\n\n"));
    HttpResponse<InputStream> answer = tenant.stream(tenant.launch(west));
    try (BufferedReader lines = reader(answer)) {
      // The container says no more, ever: the event is here because it was passed on at once.
      assertThat(lines.readLine()).isEqualTo("data: {\"choices\":[{}]}");
    }
  }

  @Test
  void asksForTheUsageOfAStreamAndKeepsItToItself() throws IOException {
    HttpResponse<InputStream> answer = tenant.stream(tenant.launch(west));
    String events = readAll(answer);

    assertThat(west.received().get(0).text())
        .contains("\"stream_options\":{\"include_usage\":true}");
    assertThat(events).contains("tok4").endsWith("data: [DONE]\n\n").doesNotContain("usage");
    assertThat(tenant.receiptOf(answer).at("/units/input_tokens").asInt()).isEqualTo(42);
  }

  @Test
  void leavesTheUsageInAStreamWhoseClientAskedForIt() {
    String model = tenant.launch(west);
    HttpResponse<String> answer =
        tenant.chat(
            "{\"model\":\"%s\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}"
                .formatted(model));

    assertThat(answer.body()).contains("\"usage\":{\"prompt_tokens\":42");
  }

  @Test
  void leavesTheWholeBodyAloneWhereAContainerRefusesWhatWasAdded() throws IOException {
    west.behave(new Behaviour.RefuseStreamOptions(3));
    String model = tenant.launch(west);

    assertThat(readAll(tenant.stream(model))).contains("tok2").endsWith("data: [DONE]\n\n");
    assertThat(readAll(tenant.stream(model))).endsWith("data: [DONE]\n\n");
    // Asked twice the first time, once the second: it is remembered.
    assertThat(west.received()).hasSize(3);
  }

  @Test
  void writesAReceipt() {
    HttpResponse<String> answer = tenant.ask(tenant.launch(west));

    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.path("ending").asText()).isEqualTo("completed");
    assertThat(receipt.at("/units/input_tokens").asInt()).isEqualTo(42);
    assertThat(receipt.at("/units/output_tokens").asInt()).isEqualTo(5);
    assertThat(receipt.path("source").asText()).isEqualTo("reported");
    // 42 × $2 and 5 × $4 a million
    assertThat(receipt.path("cost").asText()).isEqualTo("0.000104");
    assertThat(receipt.path("region").asText())
        .isEqualTo(answer.headers().firstValue("x-ecolink-region").orElseThrow());
  }

  @Test
  void listsWhatAKeyMayCall() {
    String model = tenant.launch(west);
    RunningGateway gateway = RunningGateway.at(address);

    HttpResponse<String> models = gateway.send(tenant.authorized("/v1/models").build());
    HttpResponse<String> one =
        gateway.send(tenant.authorized("/v1/models/" + model.replace(":", "%3A")).build());

    assertThat(Tenant.json(models.body()).at("/data/0/id").asText()).isEqualTo(model);
    assertThat(Tenant.json(one.body()).path("id").asText()).isEqualTo(model);
    assertThat(gateway.send(tenant.authorized("/v1/models/nothing").build()).statusCode())
        .isEqualTo(404);
  }

  // ---- failover ---------------------------------------------------------------------------------

  @Test
  void goesToTheNextRegionWhenOneIsGone() {
    String model = tenant.launch(west, central);
    west.close();

    for (int i = 0; i < 6; i++) {
      assertThat(tenant.ask(model).statusCode()).isEqualTo(200);
    }
    // the container counts when it has written, which the client may have read before
    await().atMost(Duration.ofSeconds(5)).until(() -> central.answeredInFull() == 6);
  }

  private static Behaviour failing(String how) {
    return switch (how) {
      case "close" -> new Behaviour.CloseBeforeHeaders();
      case "503" -> new Behaviour.Status(503, UNHEALTHY);
      case "502" -> new Behaviour.Status(502, "<html>bad gateway</html>");
      case "empty" -> new Behaviour.Status(200, "");
      case "garbage" -> Behaviour.Raw.thenClose("\u0000\u0001 this is no HTTP\r\n\r\n");
      case "error-event" ->
          Behaviour.Raw.thenClose(
              "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                  + "data: {\"error\":{\"message\":\"out of memory\"}}\n\n");
      default -> throw new IllegalArgumentException(how);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "503", "502", "empty", "garbage", "error-event"})
  void goesToTheNextRegionBeforeTheFirstByte(String how) throws IOException {
    west.behave(failing(how));
    String model = tenant.launch(west, central);

    for (int i = 0; i < 4; i++) {
      HttpResponse<InputStream> answer = tenant.stream(model);
      assertThat(readAll(answer)).endsWith("data: [DONE]\n\n");
      assertThat(tenant.receiptOf(answer).path("ending").asText()).isEqualTo("completed");
    }
    await().atMost(Duration.ofSeconds(5)).until(() -> central.answeredInFull() == 4);
  }

  @Test
  void passesTheLastAnswerOnWhenAllRegionsFail() {
    west.behave(new Behaviour.Status(503, UNHEALTHY));
    central.behave(new Behaviour.Status(503, UNHEALTHY));

    HttpResponse<String> answer = tenant.ask(tenant.launch(west, central));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo(UNHEALTHY);
    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.path("attempts")).hasSize(2);
    assertThat(receipt.path("cost").asText()).isEqualTo("0.00");
  }

  @Test
  void saysSoWhenNoContainerGivesAnAnswer() {
    west.behave(new Behaviour.CloseBeforeHeaders());

    HttpResponse<String> answer = tenant.ask(tenant.launch(west));

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(Tenant.json(answer.body()).at("/error/code").asText()).isEqualTo("bad_gateway");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 422, 429, 500})
  void passesTheContainersOwnErrorsOn(int status) {
    String error = "{\"object\":\"error\",\"message\":\"no\",\"code\":" + status + "}";
    west.behave(new Behaviour.Status(status, error));

    HttpResponse<String> answer = tenant.ask(tenant.launch(west, west));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(error);
    assertThat(west.received()).hasSize(1);
    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.path("ending").asText()).isEqualTo("container_error");
    assertThat(receipt.path("cost").asText()).isEqualTo("0.00");
  }

  @Test
  void asksTheSameReplicaAgainWhenAReusedConnectionIsDead() {
    west.behave(new Behaviour.AnswerThenClose(5));
    String model = tenant.launch(west);

    for (int i = 0; i < 50; i++) {
      assertThat(tenant.ask(model).statusCode()).isEqualTo(200);
    }
    await().atMost(Duration.ofSeconds(5)).until(() -> west.answeredInFull() == 50);
  }

  @Test
  void answers504WhenTheContainerSaysNothing() {
    west.behave(new Behaviour.Stall());

    HttpResponse<String> answer = tenant.ask(tenant.launch(west));

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body()).contains("ecolink.upstream.first-byte-timeout");
    assertThat(tenant.receiptOf(answer).path("ending").asText()).isEqualTo("timeout");
  }

  // ---- ends that are not clean
  // --------------------------------------------------------------------

  @Test
  void endsAStreamWithAnErrorEventWhenTheContainerDies() throws IOException {
    west.behave(new Behaviour.CloseAfterBytes(700));

    HttpResponse<InputStream> answer = tenant.stream(tenant.launch(west));
    String events = readAll(answer);

    assertThat(events).contains("tok0").doesNotContain("[DONE]");
    String last = events.substring(events.stripTrailing().lastIndexOf("data: ") + 6);
    assertThat(Tenant.json(last).at("/error/code").asText()).isEqualTo("bad_gateway");
    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.path("ending").asText()).isEqualTo("container_failed");
    assertThat(receipt.path("cost").asText()).isEqualTo("0.00");
  }

  @Test
  void cutsTheConnectionWhenTheContainerDiesWithinAnObject() {
    west.behave(
        Behaviour.Raw.thenClose(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "5\r\n{\"a\":\r\n"));
    String model = tenant.launch(west);

    assertThatThrownBy(() -> tenant.ask(model)).hasRootCauseInstanceOf(IOException.class);
  }

  @Test
  void passesAnErrorEventOnAndDoesNotBillIt() throws IOException {
    west.behave(
        Behaviour.Raw.thenClose(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
                + "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n"
                + "data: {\"error\":{\"message\":\"out of memory\"}}\n\n"));

    HttpResponse<InputStream> answer = tenant.stream(tenant.launch(west));

    assertThat(readAll(answer)).endsWith("data: {\"error\":{\"message\":\"out of memory\"}}\n\n");
    assertThat(tenant.receiptOf(answer).path("ending").asText()).isEqualTo("container_failed");
    assertThat(tenant.receiptOf(answer).path("cost").asText()).isEqualTo("0.00");
  }

  @Test
  void billsWhatAClientGotThatLeftWithinAStream() throws IOException {
    west.behave(Behaviour.Answer.of(100_000).every(Duration.ofMillis(20)));
    HttpResponse<InputStream> answer = tenant.stream(tenant.launch(west));
    try (BufferedReader lines = reader(answer)) {
      for (int events = 0; events < 5; ) {
        events += lines.readLine().isEmpty() ? 1 : 0;
      }
    }

    await().atMost(Duration.ofSeconds(5)).until(() -> west.abandoned() == 1);
    JsonNode receipt = awaitReceipt(answer);
    assertThat(receipt.path("ending").asText()).isEqualTo("client_gone");
    assertThat(receipt.path("source").asText()).isEqualTo("estimated");
    assertThat(receipt.at("/units/output_tokens").asInt()).isBetween(5, 200);
    assertThat(receipt.path("cost").asText()).isNotEqualTo("0.00");
  }

  @Test
  void holdsTheContainerBackWhenTheClientIsSlow() throws IOException {
    long bytes = 256L << 20;
    west.behave(new Behaviour.Flood(bytes));
    HttpResponse<InputStream> answer = tenant.stream(tenant.launch(west));
    try (InputStream body = answer.body()) {
      assertThat(body.readNBytes(1000)).hasSize(1000);
      // Nobody reads on: if nothing held it back, the container would be done in no time.
      await()
          .during(Duration.ofMillis(1500))
          .atMost(Duration.ofSeconds(5))
          .until(() -> west.answeredInFull() == 0);
      assertThat(body.readAllBytes()).hasSize((int) bytes - 1000);
    }
    await().until(() -> west.answeredInFull() == 1);
  }

  // ---- helpers
  // ------------------------------------------------------------------------------------

  private JsonNode awaitReceipt(HttpResponse<?> answer) {
    return await()
        .atMost(Duration.ofSeconds(5))
        .ignoreExceptions()
        .until(() -> tenant.receiptOf(answer), receipt -> receipt != null);
  }

  private static BufferedReader reader(HttpResponse<InputStream> answer) {
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  private static String readAll(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
