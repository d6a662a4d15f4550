package com.ecohash.ecolink.container;

import static com.ecohash.ecolink.container.Aftermath.assertUnbilled;
import static com.ecohash.ecolink.container.Aftermath.results;
import static com.ecohash.ecolink.container.Answers.chunk;
import static com.ecohash.ecolink.container.Answers.token;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.Behaviour.Pieces;
import com.ecohash.ecolink.testing.Behaviour.Pieces.Then;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Containers that die or fall silent in the middle of an answer, on either server: the client never
 * has what looks like a whole one, what was seen is recorded, and nobody pays (SPEC 2.3).
 */
class UncleanEndsIT extends TwoRegions {
  private static final String TOKEN = token("one ");

  // ---- streams of events ------------------------------------------------------------------------

  /** Where a stream breaks off: the place's name, the stream up to there, what of it may pass. */
  static Stream<Arguments> places() {
    String half = TOKEN.substring(0, 40);
    String umlaut = TOKEN.substring(0, TOKEN.indexOf("one")) + Answers.utf8("ü").charAt(0);
    String longEvent = "data: {\"choices\":[\"" + "x".repeat(1_200_000);
    return Stream.of(
        arguments("between events", TOKEN, TOKEN),
        arguments("within an event", TOKEN + half, TOKEN),
        arguments("within a character", TOKEN + umlaut, TOKEN),
        arguments("after a line", TOKEN + "event: x\nid: 7\n", TOKEN),
        arguments("between CR and LF", TOKEN + "data: {}\r", TOKEN),
        arguments("after a comment", TOKEN + ": ping\n\n", TOKEN + ": ping\n\n"),
        arguments("within a comment", TOKEN + ": pi", TOKEN + ": pi\n\n"),
        arguments("within a long event", TOKEN + longEvent, TOKEN + longEvent + "\n\n"));
  }

  private static Behaviour stream(Then then, String events) {
    return Pieces.of(then, Answers.STREAM + chunk(TOKEN), chunk(events.substring(TOKEN.length())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("places")
  void endsAStreamWithOneErrorEventWhenTheContainerDies(String place, String sent, String passed)
      throws IOException {
    west.behave(
        sent.length() == TOKEN.length()
            ? Pieces.of(Then.CLOSE, Answers.STREAM + chunk(TOKEN))
            : stream(Then.CLOSE, sent));

    assertEndsWithAnError(passed, "bad_gateway", "container_failed", "closed_in_body");
  }

  @Test
  void endsAStreamWithAnErrorEventWhenTheConnectionIsReset() throws IOException {
    west.behave(stream(Then.RESET, TOKEN + TOKEN));

    assertEndsWithAnError(TOKEN + TOKEN, "bad_gateway", "container_failed", "closed_in_body");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff\r\ndata: {", "zz\r\n", "5\r\ndata: {\"a\":1}\n\n\r\n", "-1\r\n\r\n"})
  void endsAStreamWithAnErrorEventWhenItsChunksAreBroken(String framing) throws IOException {
    west.behave(Pieces.of(Then.CLOSE, Answers.STREAM + chunk(TOKEN), framing));

    assertEndsWithAnError(TOKEN, "bad_gateway", "container_failed", "closed_in_body");
  }

  /** Streams that end with their connection, and without any sign of an end. */
  @ParameterizedTest
  @ValueSource(strings = {"", "data: {\"choi", ": ping\n\n"})
  void endsAStreamWithAnErrorEventWhenOnlyItsContentTellsThatTheContainerDied(String rest)
      throws IOException {
    west.behave(Pieces.of(Then.CLOSE, Answers.STREAM_UNTIL_CLOSE + TOKEN, rest));

    String passed = rest.startsWith(":") ? TOKEN + rest : TOKEN;
    assertEndsWithAnError(passed, "bad_gateway", "container_failed", "closed_in_body");
  }

  @Test
  void endsAStreamWithAnErrorEventWhenItsContainerFallsSilent() throws IOException {
    west.behave(stream(Then.SILENCE, TOKEN + TOKEN.substring(0, 40)));

    JsonNode error = assertEndsWithAnError(TOKEN, "timeout", "timeout", "idle_timeout");
    assertThat(error.path("message").asText()).contains("`ecolink.upstream.idle-timeout`");
    await().until(() -> west.abandoned() == 1);
  }

  private JsonNode assertEndsWithAnError(String passed, String code, String ending, String result)
      throws IOException {
    HttpResponse<InputStream> answer = tenant.stream(tenant.launch(west));
    String body = readAll(answer);

    assertThat(body).startsWith(passed).doesNotContain("[DONE]").endsWith("}}\n\n");
    // Into a silence the gateway writes comments, which no reader of events gets to see.
    String event = body.substring(passed.length()).replace(": keep-alive\n\n", "");
    assertThat(event).startsWith("data: {\"error\":{").containsOnlyOnce("\n\n");
    JsonNode error = Tenant.json(event.substring("data: ".length())).path("error");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).isNotBlank();
    assertThat(error.has("type")).isTrue();
    assertThat(error.has("param")).isTrue();

    JsonNode record = aftermath.record(answer);
    assertUnbilled(record, ending, 200, result);
    assertThat(record.at("/units/input_tokens").asInt()).isPositive();
    assertThat(record.at("/units/output_tokens").asInt()).isPositive();
    assertThat(record.path("source").asText()).isEqualTo("estimated");
    assertThat(record.path("region").asText())
        .isEqualTo(answer.headers().firstValue("x-ecolink-region").orElseThrow());
    return error;
  }

  @Test
  void recordsTheUsageThatABrokenStreamHadReported() throws IOException {
    String counted = Answers.event("{\"delta\":{\"content\":\"a\"}}", Answers.usage(100, 7));
    west.behave(Pieces.of(Then.CLOSE, Answers.STREAM + chunk(counted)));

    HttpResponse<InputStream> answer = tenant.stream(tenant.launch(west));

    assertThat(readAll(answer)).startsWith(counted + "data: {\"error\":");
    JsonNode record = aftermath.record(answer);
    assertUnbilled(record, "container_failed", 200, "closed_in_body");
    assertThat(record.at("/units/input_tokens").asInt()).isEqualTo(100);
    assertThat(record.at("/units/output_tokens").asInt()).isEqualTo(7);
    assertThat(record.path("source").asText()).isEqualTo("reported");
  }

  // ---- trouble that the container reports -------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {Answers.LAST_CHUNK, ""})
  void passesAnErrorEventOnAndDoesNotBillIt(String lastChunk) throws IOException {
    west.behave(
        Pieces.of(Then.CLOSE, Answers.STREAM + chunk(TOKEN), chunk(Answers.ERROR) + lastChunk));

    HttpResponse<InputStream> answer = tenant.stream(tenant.launch(west));

    assertThat(readAll(answer)).isEqualTo(TOKEN + Answers.ERROR);
    String result = lastChunk.isEmpty() ? "closed_in_body" : "error_event";
    assertUnbilled(aftermath.record(answer), "container_failed", 200, result);
  }

  @Test
  void billsNobodyWhoHangsUpAtAnErrorEvent() throws IOException {
    west.behave(
        new Behaviour.Ticking(
            Answers.STREAM + chunk(TOKEN) + chunk(Answers.ERROR),
            chunk(": ping\n\n"),
            Duration.ofMillis(50)));
    HttpResponse<InputStream> answer = tenant.stream(tenant.launch(west));
    try (InputStream body = answer.body()) {
      assertThat(new String(body.readNBytes(TOKEN.length() + Answers.ERROR.length()), ISO_8859_1))
          .isEqualTo(TOKEN + Answers.ERROR);
    }

    assertUnbilled(aftermath.record(answer), "container_failed", 200, "error_event");
    await().until(() -> west.abandoned() == 1);
  }

  // ---- other answers ----------------------------------------------------------------------------

  /** What a container sends of an answer that is no stream, and never ends: its name and pieces. */
  static Stream<Arguments> halves() {
    String json = "{\"choices\":[{\"message\":{\"content\":\"one two";
    String withLength =
        Answers.OK + "Content-Type: application/json\r\nContent-Length: 500\r\n\r\n";
    return Stream.of(
        arguments("shorter than its length", List.of(withLength + json)),
        arguments("without a last chunk", List.of(Answers.OBJECT + chunk(json))),
        arguments("within a chunk", List.of(Answers.OBJECT + "ff\r\n" + json)),
        arguments("with a bad chunk size", List.of(Answers.OBJECT + chunk(json), "zz\r\n")),
        arguments(
            "with a chunk that is too long", List.of(Answers.OBJECT + chunk(json), "1\r\nab\r\n")),
        arguments(
            "with a chunk size without an end", List.of(Answers.OBJECT + chunk(json), "5\rhello")),
        arguments("within the last chunk", List.of(Answers.OBJECT + chunk(json), "0\r\n")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("halves")
  void cutsTheConnectionWhenTheContainerDiesWithinAnObject(String name, List<String> pieces)
      throws IOException {
    west.behave(Pieces.of(Then.CLOSE, pieces.toArray(String[]::new)));

    assertIsCut("container_failed", "closed_in_body");
  }

  @Test
  void cutsTheConnectionWhenTheConnectionToTheContainerIsReset() throws IOException {
    west.behave(Pieces.of(Then.RESET, Answers.OK + "\r\n{\"choices\":[{\"message\":{\"con"));

    assertIsCut("container_failed", "closed_in_body");
  }

  @Test
  void cutsTheConnectionWhenTheContainerFallsSilentWithinAnObject() throws IOException {
    west.behave(Pieces.of(Then.SILENCE, Answers.OBJECT + chunk("{\"choices\":[")));

    assertIsCut("timeout", "idle_timeout");
  }

  private void assertIsCut(String ending, String result) throws IOException {
    String model = tenant.launch(west);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(post("/v1/chat/completions", Tenant.question(model, false)));
      assertIncomplete(client.untilEnd());
    }
    JsonNode record = aftermath.onlyRecord();
    assertUnbilled(record, ending, 200, result);
    assertThat(record.at("/units/input_tokens").asInt()).isPositive();
  }

  /** What was torn down may have lost its end on the way to the client, or all of it. */
  private static void assertIncomplete(String answer) {
    int body = answer.indexOf("\r\n\r\n") + 4;
    String head = answer.substring(0, Math.max(body - 4, 0)).toLowerCase(Locale.ROOT);
    if (head.contains("content-length: ")) {
      assertThat(head).contains("content-length: 500");
      assertThat(answer.length() - body).isLessThan(500);
    } else if (!head.isEmpty()) {
      assertThat(head).contains("transfer-encoding: chunked");
      assertThat(answer).doesNotEndWith("0\r\n\r\n");
    }
  }

  // ---- over HTTP/2 ------------------------------------------------------------------------------

  private static final OkHttpClient H2C =
      new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build();

  private Call callOverHttp2(String body) {
    return H2C.newCall(
        new Request.Builder()
            .url(gateway.resolve("/v1/chat/completions").toString())
            .header("Authorization", "Bearer " + tenant.key())
            .post(RequestBody.create(body, MediaType.get("application/json")))
            .build());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("halves")
  void resetsTheStreamOfAnHttp2Client(String name, List<String> pieces) throws IOException {
    west.behave(Pieces.of(Then.CLOSE, pieces.toArray(String[]::new)));
    String model = tenant.launch(west);

    try (Response answer = callOverHttp2(Tenant.question(model, false)).execute()) {
      assertThat(answer.protocol()).isEqualTo(Protocol.H2_PRIOR_KNOWLEDGE);
      assertThatThrownBy(() -> answer.body().bytes()).hasMessageContaining("reset");
    }
    assertUnbilled(aftermath.onlyRecord(), "container_failed", 200, "closed_in_body");

    west.behave(Behaviour.Answer.of(5));
    try (Response answer = callOverHttp2(Tenant.question(model, false)).execute()) {
      assertThat(answer.code()).as("the connection goes on").isEqualTo(200);
    }
  }

  @Test
  void endsAStreamOverHttp2WithAnErrorEvent() throws IOException {
    west.behave(Pieces.of(Then.CLOSE, Answers.STREAM + chunk(TOKEN)));
    String model = tenant.launch(west);

    try (Response answer = callOverHttp2(Tenant.question(model, true)).execute()) {
      assertThat(answer.body().string())
          .startsWith(TOKEN + "data: {\"error\":{")
          .doesNotContain("[DONE]");
    }
    assertUnbilled(aftermath.onlyRecord(), "container_failed", 200, "closed_in_body");
  }

  @Test
  void cancelsTheContainersRequestWhenAnHttp2ClientResetsItsStream() throws IOException {
    west.behave(new Behaviour.Ticking(Answers.STREAM, chunk(TOKEN), Duration.ofMillis(50)));
    Call call = callOverHttp2(Tenant.question(tenant.launch(west), true));
    try (Response answer = call.execute()) {
      assertThat(answer.body().source().readUtf8(TOKEN.length())).isEqualTo(TOKEN);
      call.cancel();
    }

    await().until(() -> west.abandoned() == 1);
    assertClientGone(aftermath.onlyRecord(), 200);
  }

  // ---- clients that leave -----------------------------------------------------------------------

  private static void assertClientGone(JsonNode record, int status) {
    assertThat(record.path("ending").asText()).isEqualTo("client_gone");
    assertThat(record.path("status").asInt()).isEqualTo(status);
    assertThat(results(record)).containsExactly("client_gone");
    assertThat(record.at("/units/input_tokens").asInt()).isPositive();
    assertThat(record.path("source").asText()).isEqualTo("estimated");
    // $2 and $4 a million tokens
    long micros =
        2L * record.at("/units/input_tokens").asInt()
            + 4L * record.at("/units/output_tokens").asInt();
    assertThat(new BigDecimal(record.path("cost").asText()))
        .isEqualByComparingTo(BigDecimal.valueOf(micros, 6));
  }

  @Test
  void billsWhatAClientGotThatLeftWithinAStream() throws IOException {
    west.behave(new Behaviour.Ticking(Answers.STREAM, chunk(TOKEN), Duration.ofMillis(20)));
    HttpResponse<InputStream> answer = tenant.stream(tenant.launch(west));
    try (InputStream body = answer.body()) {
      body.readNBytes(5 * TOKEN.length());
    }

    await().until(() -> west.abandoned() == 1);
    JsonNode record = aftermath.record(answer);
    assertClientGone(record, 200);
    assertThat(record.at("/units/output_tokens").asInt()).isBetween(5, 500);
  }

  @Test
  void billsWhatAClientGotThatLeftWithinAnObject() throws IOException {
    west.behave(
        new Behaviour.Ticking(
            Answers.OBJECT + chunk("{\"choices\":[{\"message\":{\"content\":\""),
            chunk("one two "),
            Duration.ofMillis(20)));
    String model = tenant.launch(west);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(post("/v1/chat/completions", Tenant.question(model, false)));
      client.until("one two ");
    }

    await().until(() -> west.abandoned() == 1);
    JsonNode record = aftermath.onlyRecord();
    assertClientGone(record, 200);
    assertThat(record.at("/units/output_tokens").asInt()).isPositive();
  }

  @Test
  void noticesAClientThatStopsReadingAndLeaves() throws IOException {
    west.behave(new Behaviour.Flood(1L << 30));
    String model = tenant.launch(west);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(post("/v1/chat/completions", Tenant.question(model, false)));
      client.until("\r\n\r\n");
    }

    await().until(() -> west.abandoned() == 1);
    assertClientGone(aftermath.onlyRecord(), 200);
  }

  /** Nothing but keep-alives has come: on either server they are what finds the client gone. */
  @Test
  void billsTheInputOfAClientThatLeftBeforeTheFirstEvent() throws IOException {
    west.behave(new Behaviour.Ticking(Answers.STREAM, chunk(": ping\n\n"), Duration.ofMillis(600)));
    String model = tenant.launch(west);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(post("/v1/chat/completions", Tenant.question(model, true)));
      client.until(": ping");
    }

    await().until(() -> west.abandoned() == 1);
    JsonNode record = aftermath.onlyRecord();
    assertClientGone(record, 200);
    assertThat(record.at("/units/output_tokens").asInt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cancelsTheContainersRequestWhenTheClientLeavesBeforeTheAnswer(boolean streamed)
      throws IOException {
    west.behave(new Behaviour.Stall());
    String model = tenant.launch(west);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(post("/v1/chat/completions", Tenant.question(model, streamed)));
      await().until(() -> west.received().size() == 1);
    }

    await().until(() -> west.abandoned() == 1);
    if (TELLS_OF_GONE_CLIENTS) {
      assertClientGone(aftermath.onlyRecord(), 0);
    } else { // the server does not know, so the container has its time
      assertUnbilled(aftermath.onlyRecord(), "timeout", 504, "first_byte_timeout");
    }
  }

  @Test
  void billsNobodyWhoLeavesWithinARefusal() throws IOException {
    west.behave(
        new Behaviour.Ticking(
            "HTTP/1.1 500 No\r\nContent-Type: text/plain\r\n" + Answers.CHUNKED,
            chunk("no "),
            Duration.ofMillis(20)));
    String model = tenant.launch(west);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(post("/v1/chat/completions", Tenant.question(model, false)));
      client.until("no ");
    }

    await().until(() -> west.abandoned() == 1);
    assertUnbilled(aftermath.onlyRecord(), "container_error", 500, "client_gone");
  }

  private static String readAll(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      return new String(body.readAllBytes(), ISO_8859_1);
    }
  }
}
