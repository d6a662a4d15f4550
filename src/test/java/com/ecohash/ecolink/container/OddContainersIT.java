package com.ecohash.ecolink.container;

import static com.ecohash.ecolink.container.Aftermath.results;
import static com.ecohash.ecolink.container.Answers.DONE;
import static com.ecohash.ecolink.container.Answers.chunk;
import static com.ecohash.ecolink.container.Answers.event;
import static com.ecohash.ecolink.container.Answers.finish;
import static com.ecohash.ecolink.container.Answers.token;
import static com.ecohash.ecolink.container.Answers.usage;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.ecohash.ecolink.testing.Behaviour.Pieces;
import com.ecohash.ecolink.testing.Behaviour.Pieces.Then;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Containers that answer in forms that are rare, and right or harmless, on either server: each byte
 * passes as it came, and is metered.
 */
class OddContainersIT extends TwoRegions {
  private static final String OBJECT =
      "{\"choices\":[{\"message\":{\"content\":\"hi\"}}]" + usage(30, 6) + "}";

  // ---- framings ---------------------------------------------------------------------------------

  private static String typed(String statusLine, String fields) {
    return statusLine + "\r\nContent-Type: application/json\r\n" + fields + "\r\n";
  }

  private static String withLength(String statusLine, String fields) {
    return typed(statusLine, fields + "Content-Length: " + OBJECT.length() + "\r\n") + OBJECT;
  }

  /** A framing's name, and the answer in it. */
  static Stream<Arguments> framings() {
    String ok = "HTTP/1.1 200 OK";
    return Stream.of(
        arguments("more than its length", withLength(ok, "") + "and more"),
        arguments("another answer after it", withLength(ok, "") + withLength(ok, "")),
        arguments("HTTP/1.0 without a length", typed("HTTP/1.0 200 OK", "") + OBJECT),
        arguments("HTTP/1.0 with a length", withLength("HTTP/1.0 200 OK", "")),
        arguments("HTTP/1.1 without a length", typed(ok, "") + OBJECT),
        arguments("100 before it", "HTTP/1.1 100 Continue\r\n\r\n" + withLength(ok, "")),
        arguments(
            "two early hints before it",
            "HTTP/1.1 102 Wait\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                + withLength(ok, "")),
        arguments("no reason", withLength("HTTP/1.1 200", "")),
        arguments(
            "the same length twice", withLength(ok, "content-length:" + OBJECT.length() + "\r\n")),
        arguments("connection: close", withLength(ok, "Connection: close\r\n")),
        arguments("bare line feeds", withLength(ok, "").replace("\r\n", "\n")),
        arguments("a large header block", withLength(ok, "X-Long: " + "a".repeat(60_000) + "\r\n")),
        arguments(
            "chunks with extensions and trailers",
            typed(ok, "transfer-encoding: Chunked\r\n")
                + "00000A;x=\"y\"\r\n"
                + OBJECT.substring(0, 10)
                + "\r\n"
                + chunk(OBJECT.substring(10))
                + "000;last\r\nX-Trailer: t\r\nX-Other: o\r\n\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("framings")
  void passesOnAnAnswerInAnyFraming(String name, String answer) {
    west.next(Pieces.of(Then.CLOSE, answer));
    String model = tenant.launch(west);

    assertObject(tenant.ask(model));

    assertThat(tenant.ask(model).statusCode()).as("the next one").isEqualTo(200);
    assertThat(west.received()).hasSize(2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("framings")
  void passesOnAnAnswerThatComesInPieces(String name, String answer) {
    int third = Math.min(answer.length() / 3, 40);
    west.next(
        Pieces.of(
            Then.CLOSE,
            answer.substring(0, third),
            answer.substring(third, 2 * third),
            answer.substring(2 * third)));

    assertObject(tenant.ask(tenant.launch(west)));
  }

  private void assertObject(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(OBJECT);
    JsonNode record = aftermath.record(answer);
    assertThat(record.path("ending").asText()).isEqualTo("completed");
    assertThat(results(record)).containsExactly("ok");
    assertThat(record.at("/units/input_tokens").asInt()).isEqualTo(30);
    assertThat(record.at("/units/output_tokens").asInt()).isEqualTo(6);
  }

  // ---- events -----------------------------------------------------------------------------------

  private static final String TOKENS = token("one ") + token(Answers.utf8("zwölf "));
  private static final String USAGE = event("", usage(30, 6));

  private static Arguments stream(String name, String sent) {
    return arguments(name, sent, sent.replace(USAGE, ""));
  }

  private static Arguments lines(String name, String end) {
    String sent = (TOKENS + finish() + USAGE + DONE).replace("\n", end);
    return arguments(name, sent, sent.replace(USAGE.replace("\n", end), ""));
  }

  /** A form's name, the stream in it, and what of it the client gets. */
  static Stream<Arguments> streams() {
    String text = "{\"index\":0,\"delta\":{\"content\":\"hi\"},\"finish_reason\":null}";
    String end = "{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}";
    String withoutChoices = "data: {\"id\":\"c-1\"" + usage(30, 6) + "}\n\n";
    String inLines =
        "data: {\"choices\":["
            + text
            + "],\ndata:\"usage\":null\ndata: }\n\n".replace("\n", "\r\n");
    return Stream.of(
        lines("CRLF", "\r\n"),
        lines("CR", "\r"),
        lines("LF", "\n"),
        stream("comments", ": a\n\n" + TOKENS + ":\n: b\n\n\n" + USAGE + ": c\n\n" + DONE + ":d\n"),
        stream("several data lines", inLines + USAGE + DONE),
        stream(
            "other fields",
            "retry: 3000\n\nevent: message\nid: 7\n"
                + token("a")
                + "event: ping\n\n"
                + USAGE
                + DONE),
        stream("no [DONE]", TOKENS + finish() + USAGE),
        stream("a byte order mark", "\u00ef\u00bb\u00bf" + TOKENS + USAGE + DONE),
        stream(
            "usage: null in every event",
            event(text, ",\"usage\":null") + event(text, ",\"usage\" : null") + USAGE + DONE),
        stream("usage and text in one event", TOKENS + event(text, usage(30, 6)) + DONE),
        stream("usage with the finish_reason", TOKENS + event(end, usage(30, 6)) + DONE),
        stream("usage beside empty choices", TOKENS + finish() + USAGE + DONE),
        arguments(
            "usage without choices",
            TOKENS + finish() + withoutChoices + DONE,
            TOKENS + finish() + DONE),
        stream(
            "usage in every event",
            event(text, usage(30, 1))
                + event(text, usage(30, 5))
                + event(end, usage(30, 6))
                + DONE),
        stream(
            "usage in every event and in one of its own",
            event(text, usage(30, 1)) + event(end, usage(30, 2)) + USAGE + DONE),
        stream(
            "an event larger than the limit",
            "data: {\"x\":\"" + "x".repeat(1_200_000) + "\"}\n\n" + TOKENS + USAGE + DONE));
  }

  private void assertStream(HttpResponse<InputStream> answer, String passed) throws IOException {
    assertThat(readAll(answer)).isEqualTo(passed);
    JsonNode record = aftermath.record(answer);
    assertThat(record.path("ending").asText()).isEqualTo("completed");
    assertThat(results(record)).containsExactly("ok");
    assertThat(record.at("/units/input_tokens").asInt()).isEqualTo(30);
    assertThat(record.at("/units/output_tokens").asInt()).isEqualTo(6);
    assertThat(record.path("source").asText()).isEqualTo("reported");
    // 30 × $2 and 6 × $4 a million
    assertThat(record.path("cost").asText()).isEqualTo("0.000084");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void passesOnAndMetersAStreamOfAnyForm(String name, String sent, String passed)
      throws IOException {
    west.behave(Pieces.of(Then.CLOSE, Answers.STREAM + chunk(sent) + Answers.LAST_CHUNK));

    assertStream(tenant.stream(tenant.launch(west)), passed);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void passesOnAndMetersAStreamOfAnyFormThatEndsWithItsConnection(
      String name, String sent, String passed) throws IOException {
    int half = sent.length() / 2;
    west.behave(
        Pieces.of(
            Then.CLOSE,
            Answers.STREAM_UNTIL_CLOSE + sent.substring(0, half),
            sent.substring(half)));

    assertStream(tenant.stream(tenant.launch(west)), passed);
  }

  @Test
  void countsAStreamThatNeitherReportsUsageNorSaysDone() throws IOException {
    west.behave(Pieces.of(Then.CLOSE, Answers.STREAM + chunk(TOKENS) + Answers.LAST_CHUNK));

    HttpResponse<InputStream> answer = tenant.stream(tenant.launch(west));

    assertThat(readAll(answer)).isEqualTo(TOKENS);
    JsonNode record = aftermath.record(answer);
    assertThat(record.path("ending").asText()).isEqualTo("completed");
    assertThat(record.path("source").asText()).isEqualTo("estimated");
    assertThat(record.at("/units/output_tokens").asInt()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void passesAKeepAliveOnBeforeTheFirstEvent() throws IOException {
    west.behave(Pieces.of(Then.SILENCE, Answers.STREAM + chunk(": ping\n\n")));
    String model = tenant.launch(west);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(post("/v1/chat/completions", Tenant.question(model, true)));
      assertThat(client.until(": ping")).startsWith("HTTP/1.1 200");
    }
  }

  private static String readAll(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      return new String(body.readAllBytes(), ISO_8859_1);
    }
  }
}
