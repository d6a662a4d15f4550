package com.ecohash.ecolink.container;

import static com.ecohash.ecolink.container.Aftermath.assertUnbilled;
import static com.ecohash.ecolink.container.Aftermath.reasons;
import static com.ecohash.ecolink.container.Aftermath.results;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.Behaviour.Pieces;
import com.ecohash.ecolink.testing.Behaviour.Pieces.Then;
import com.ecohash.ecolink.testing.DeafListener;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replicas that fail before the client has its first byte, on either server: the first three rows
 * of SPEC 2.3, and the connection that was stale.
 */
class FailoverIT extends TwoRegions {
  private static final String UNHEALTHY = "{\"error\":{\"message\":\"warming up\",\"code\":503}}";
  private static final String SHAPED =
      "data: {\"error\":{\"message\":\"no\",\"type\":\"server_error\",\"param\":null,\"code\":\"x\"}}\n\n";
  private static final String COMMENTS = ": ping\n\n\r\n: pong\r\n\r\nretry: 3000\n\n";

  private static Behaviour says(String... pieces) {
    return Pieces.of(Then.CLOSE, pieces);
  }

  private static Behaviour streams(String... pieces) {
    String[] chunks = Stream.of(pieces).map(Answers::chunk).toArray(String[]::new);
    chunks[0] = Answers.STREAM + chunks[0];
    chunks[chunks.length - 1] += Answers.LAST_CHUNK;
    return says(chunks);
  }

  /** A failure's name, what the replica does, and what the record calls it. */
  static Stream<Arguments> failures() {
    return Stream.of(
        arguments("end before the head", new Behaviour.CloseBeforeHeaders(), "closed_before_head"),
        arguments("reset before the head", Pieces.of(Then.RESET), "closed_before_head"),
        arguments("end within the head", says("HTTP/1.1 200 OK\r\nCont"), "closed_before_head"),
        arguments(
            "reset within the head",
            Pieces.of(Then.RESET, "HTTP/1.1 200 OK\r\nCont"),
            "closed_before_head"),
        arguments("end after 100", says("HTTP/1.1 100 Continue\r\n\r\n"), "closed_before_head"),
        arguments("502", new Behaviour.Status(502, "<html>bad gateway</html>"), "status_502"),
        arguments("503", new Behaviour.Status(503, UNHEALTHY), "status_503"),
        arguments("504", new Behaviour.Status(504, ""), "status_504"),
        arguments(
            "503 that breaks off",
            says("HTTP/1.1 503 No\r\nContent-Length: 9\r\n\r\nwarm"),
            "status_503"),
        arguments("empty 200", new Behaviour.Status(200, ""), "bad_answer"),
        arguments("empty 200 in chunks", says(Answers.OBJECT + "0\r\n\r\n"), "bad_answer"),
        arguments("empty 200 until the end", says(Answers.OK + "\r\n"), "bad_answer"),
        arguments("204", says("HTTP/1.1 204 No Content\r\n\r\n"), "bad_answer"),
        arguments("stream of comments", streams(COMMENTS), "bad_answer"),
        arguments("end before the first event", says(Answers.STREAM), "closed_in_body"),
        arguments(
            "end after a comment",
            says(Answers.STREAM + Answers.chunk(": a\n\n")),
            "closed_in_body"),
        arguments(
            "end within the first event",
            says(Answers.STREAM + Answers.chunk("data: {")),
            "closed_in_body"),
        arguments("error event", streams(SHAPED), "bad_answer"),
        arguments("error event with a number", streams(Answers.ERROR, Answers.DONE), "bad_answer"),
        arguments("error event after comments", streams(COMMENTS, SHAPED), "bad_answer"),
        arguments("error event with CRLF", streams(SHAPED.replace("\n", "\r\n")), "bad_answer"),
        arguments(
            "error event after a byte order mark",
            streams("\u00ef\u00bb\u00bf" + Answers.ERROR),
            "bad_answer"),
        arguments(
            "error event in pieces",
            streams(": a\r", "\n\r\ndat", "a: {\"err", "or\":{\"code\":500}}\r", "\n\r", "\n"),
            "bad_answer"),
        arguments(
            "error event until the end", says(Answers.STREAM_UNTIL_CLOSE + SHAPED), "bad_answer"),
        arguments(
            "error event and death", says(Answers.STREAM + Answers.chunk(SHAPED)), "bad_answer"),
        arguments(
            "error event and silence",
            Pieces.of(Then.SILENCE, Answers.STREAM + Answers.chunk(SHAPED)),
            "bad_answer"),
        arguments("no HTTP", says("\u0000\u0001 this is no HTTP\r\n\r\n"), "malformed"),
        arguments("header block too large", says(tooLargeAHead()), "head_too_large"),
        arguments(
            "two lengths", says(framed("Content-Length: 5\r\nContent-Length: 6")), "malformed"),
        arguments("negative length", says(framed("Content-Length: -1")), "malformed"),
        arguments("length in words", says(framed("Content-Length: five")), "malformed"),
        arguments(
            "length and chunks",
            says(framed("Content-Length: 5\r\nTransfer-Encoding: chunked")),
            "malformed"),
        arguments("another coding", says(framed("Transfer-Encoding: gzip, chunked")), "malformed"),
        arguments("bad first chunk", says(Answers.OBJECT + "xyz\r\n"), "closed_in_body"));
  }

  private static String framed(String fields) {
    return Answers.OK + fields + "\r\n\r\nhello";
  }

  private static String tooLargeAHead() {
    return Answers.OK + "X-Long: " + "a".repeat(70_000) + "\r\nContent-Length: 0\r\n\r\n";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void goesToTheNextRegionBeforeTheFirstByte(String name, Behaviour failure, String word) {
    west.behave(failure);
    String model = tenant.launch(west, central);
    aftermath.awaitHealthy(model);

    assertFailover(aftermath.firstFailover(() -> answered(model)), word);
  }

  @Test
  void goesToTheNextRegionWhenOneIsGone() {
    String model = tenant.launch(west, central);
    aftermath.awaitHealthy(model);
    west.close();

    assertFailover(aftermath.firstFailover(() -> answered(model)), "connect_failed");
  }

  @Test
  void goesToTheNextRegionWhenOneCannotBeReached() throws IOException {
    String model = tenant.launch(west, central);
    aftermath.awaitHealthy(model);
    west.close();
    try (DeafListener unreachable = DeafListener.on(west.port())) {
      assertFailover(aftermath.firstFailover(() -> answered(model)), "connect_timeout");
    }
  }

  private HttpResponse<?> answered(String model) {
    HttpResponse<InputStream> answer = tenant.stream(model);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(readAll(answer)).startsWith("data: {\"id\"").endsWith(Answers.DONE);
    assertThat(answer.headers().firstValue("x-ecolink-region"))
        .contains(aftermath.record(answer).path("region").asText());
    return answer;
  }

  private static void assertFailover(JsonNode record, String word) {
    assertThat(results(record)).containsExactly(word, "ok");
    assertThat(reasons(record)).endsWith("failover");
    assertThat(record.at("/attempts/1/region")).isEqualTo(record.path("region"));
    assertThat(record.path("ending").asText()).isEqualTo("completed");
    assertThat(record.at("/units/output_tokens").asInt()).isEqualTo(5);
    // 42 × $2 and 5 × $4 a million: of the answer that the client got, and nothing else
    assertThat(record.path("cost").asText()).isEqualTo("0.000104");
  }

  // ---- all regions fail -------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(ints = {502, 503, 504})
  void passesTheLastAnswerOnWhenAllRegionsFail(int status) {
    west.behave(new Behaviour.Status(status, UNHEALTHY));
    central.behave(new Behaviour.Status(status, UNHEALTHY));
    String model = tenant.launch(west, central);
    aftermath.awaitHealthy(model);

    HttpResponse<String> answer = tenant.ask(model);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(UNHEALTHY);
    String word = "status_" + status;
    assertUnbilled(aftermath.record(answer), "container_error", status, word, word);
    assertThat(west.received().get(0).body()).isEqualTo(central.received().get(0).body());
  }

  /** What looked like success: its name, the answer, and what of it the client gets. */
  static Stream<Arguments> hollowSuccesses() {
    return Stream.of(
        arguments("empty", says(Answers.OBJECT + "0\r\n\r\n"), 200, ""),
        arguments("no content", says("HTTP/1.1 204 No Content\r\n\r\n"), 204, ""),
        arguments("comments", streams(COMMENTS), 200, COMMENTS),
        arguments("error event", streams(COMMENTS, SHAPED), 200, COMMENTS + SHAPED),
        arguments(
            "error event and death", says(Answers.STREAM + Answers.chunk(SHAPED)), 200, SHAPED));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hollowSuccesses")
  void passesOnWhatIsNoSuccessWhereThereIsNothingElse(
      String name, Behaviour failure, int status, String body) {
    west.behave(failure);

    HttpResponse<InputStream> answer = tenant.stream(tenant.launch(west));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(readAll(answer)).isEqualTo(body);
    assertUnbilled(aftermath.record(answer), "container_failed", status, "bad_answer");
  }

  /** A failure without an answer: its name, what the replica does, and the word for it. */
  static Stream<Arguments> answerless() {
    return Stream.of(
        arguments("reset", Pieces.of(Then.RESET), "closed_before_head"),
        arguments("garbage", says("SSH-2.0-OpenSSH_9.2\r\n\r\n"), "malformed"),
        arguments("head", says(tooLargeAHead()), "`ecolink.upstream.head-max`"),
        arguments(
            "long answer",
            new Behaviour.Status(503, "x".repeat(70_000)),
            "`ecolink.limits.held-answer`"),
        arguments(
            "answer that breaks off",
            says("HTTP/1.1 503 No\r\nContent-Length: 9\r\n\r\nwarm"),
            "closed_in_body"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answerless")
  void saysWhyWhenNoContainerGivesAnAnswer(String name, Behaviour failure, String word) {
    west.behave(failure);

    HttpResponse<String> answer = tenant.ask(tenant.launch(west));

    assertBadGateway(answer, word);
  }

  @Test
  void saysWhyWhenNoRegionCanBeReached() throws IOException {
    String model = tenant.launch(west);
    aftermath.awaitHealthy(model);
    west.close();
    assertBadGateway(tenant.ask(model), "connect_failed");
    try (DeafListener unreachable = DeafListener.on(west.port())) {
      assertBadGateway(tenant.ask(model), "`ecolink.upstream.connect-timeout`");
    }
  }

  private void assertBadGateway(HttpResponse<String> answer, String word) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
    JsonNode error = Tenant.json(answer.body()).path("error");
    assertThat(error.path("code").asText()).isEqualTo("bad_gateway");
    assertThat(error.path("message").asText()).contains(word);
    JsonNode record = aftermath.record(answer);
    assertUnbilled(record, "unreachable", 502, results(record).toArray(String[]::new));
    assertThat(record.path("attempts")).hasSize(1);
    assertThat(record.path("region").isNull()).isTrue();
  }

  @Test
  void answers504WhenTheContainerSaysNothing() {
    west.behave(new Behaviour.Stall());

    HttpResponse<String> answer = tenant.ask(tenant.launch(west, west));

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(Tenant.json(answer.body()).at("/error/code").asText()).isEqualTo("timeout");
    assertThat(answer.body()).contains("`ecolink.upstream.first-byte-timeout`");
    // The container may still be at work on it, so no other one is asked.
    assertUnbilled(aftermath.record(answer), "timeout", 504, "first_byte_timeout");
    await().until(() -> west.abandoned() == 1);
  }

  @Test
  void answers504WhenTheContainerSaysNothingAfterItsHead() {
    west.behave(Pieces.of(Then.SILENCE, Answers.OBJECT));

    HttpResponse<String> answer = tenant.ask(tenant.launch(west));

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body()).contains("`ecolink.upstream.idle-timeout`");
    assertUnbilled(aftermath.record(answer), "timeout", 504, "idle_timeout");
  }

  // ---- the container's own errors ---------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 413, 422, 429, 500})
  void passesTheContainersOwnErrorsOn(int status) {
    String error = "{\"object\":\"error\",\"message\":\"no\",\"code\":" + status + "}";
    west.behave(
        says(
            Answers.withLength(
                "HTTP/1.1 " + status + " No\r\nX-Why: because\r\n", "text/x", error)));

    HttpResponse<String> answer = tenant.ask(tenant.launch(west, west));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(error);
    assertThat(answer.headers().firstValue("x-why")).contains("because");
    assertThat(west.received()).hasSize(1);
    assertUnbilled(aftermath.record(answer), "container_error", status, "status_" + status);
  }

  @Test
  void holdsNoClientsErrorAgainstAReplica() {
    west.behave(new Behaviour.Status(422, "{}"));
    String model = tenant.launch(west);
    aftermath.awaitHealthy(model);

    for (int i = 0; i < 8; i++) {
      assertThat(tenant.ask(model).statusCode()).isEqualTo(422);
    }
    assertThat(aftermath.health(model)).containsExactly("healthy");
  }

  @Test
  void ejectsAReplicaThatFailsWith500() {
    west.behave(new Behaviour.Status(500, "{}"));
    String model = tenant.launch(west);
    aftermath.awaitHealthy(model);

    // The last replica of an instance is tried again after a second: a few more may get through.
    HttpResponse<String> refused =
        await()
            .atMost(Duration.ofSeconds(30))
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(10))
            .until(() -> tenant.ask(model), answer -> answer.statusCode() == 503);

    assertThat(west.received()).hasSizeGreaterThanOrEqualTo(5);
    assertThat(Tenant.json(refused.body()).at("/error/code").asText())
        .isEqualTo("no_healthy_region");
    assertThat(refused.headers().firstValue("retry-after")).isPresent();
    assertThat(aftermath.health(model)).containsExactly("ejected");
  }

  // ---- connections ------------------------------------------------------------------------------

  @Test
  void asksTheSameReplicaAgainWhenAReusedConnectionIsDead() {
    String model = tenant.launch(west);
    aftermath.awaitHealthy(model);
    int stale = 0;
    for (int i = 0; i < 12; i++) {
      west.next(Behaviour.Answer.of(5)).next(new Behaviour.CloseBeforeHeaders());
      assertThat(tenant.ask(model).statusCode()).isEqualTo(200); // and leaves its connection open
      HttpResponse<String> answer = tenant.ask(model);
      assertThat(answer.statusCode()).isEqualTo(200);
      JsonNode record = aftermath.record(answer);
      assertThat(record.path("cost").asText()).isEqualTo("0.000104");
      if (results(record).equals(List.of("stale_connection", "ok"))) {
        assertThat(reasons(record)).endsWith("retry");
        stale++;
      }
    }
    assertThat(stale).isEqualTo(12);
    assertThat(aftermath.health(model)).containsExactly("healthy");
  }

  @Test
  void doesNotStumbleOverAContainerThatClosesAfterEachAnswer() {
    west.behave(new Behaviour.AnswerThenClose(5));
    String model = tenant.launch(west);

    for (int i = 0; i < 50; i++) {
      assertThat(tenant.ask(model).statusCode()).isEqualTo(200);
    }
    await().atMost(Duration.ofSeconds(5)).until(() -> west.answeredInFull() == 50);
  }

  @Test
  void passesOnTheAnswerThatComesWhileTheRequestIsStillOnItsWay() {
    String error = "{\"error\":\"too much\"}";
    west.behave(
        new Behaviour.Early(
            Answers.withLength("HTTP/1.1 413 No\r\nConnection: close\r\n", "text/x", error)));
    String model = tenant.launch(west, west);

    HttpResponse<String> answer =
        tenant.chat("{\"model\":\"" + model + "\",\"x\":\"" + "x".repeat(20 << 20) + "\"}");

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).isEqualTo(error);
    assertUnbilled(aftermath.record(answer), "container_error", 413, "status_413");
  }

  private static String readAll(HttpResponse<InputStream> answer) {
    try (InputStream body = answer.body()) {
      return new String(body.readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
