package com.ecohash.ecolink.container;

import static com.ecohash.ecolink.container.Aftermath.assertUnbilled;
import static com.ecohash.ecolink.container.Aftermath.results;
import static com.ecohash.ecolink.container.Answers.chunk;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.Behaviour.Pieces;
import com.ecohash.ecolink.testing.Behaviour.Pieces.Then;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends that are not clean at the endpoints beside chat, on either server (SPEC 2.3). */
class UncleanMediaIT extends TwoRegions {
  private static final Map<String, String> BY_SECOND = Map.of("seconds", "0.50");
  private static final String MODEL = "\"model\":\"%s\"}";

  // ---- images -----------------------------------------------------------------------------------

  @Test
  void billsTheImagesThatAClientHadBegunToGet() throws IOException {
    west.behave(
        new Behaviour.Ticking(
            Answers.OBJECT + chunk("{\"data\":[{\"b64_json\":\"AAAA\"},{\"b64_json\":\""),
            chunk("AAAAAAAA"),
            Duration.ofMillis(20)));
    String model = tenant.launch("image", Map.of("images", "0.04"), west);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(
          post("/v1/images/generations", ("{\"prompt\":\"a\",\"n\":3," + MODEL).formatted(model)));
      client.until("AAAAAAAA");
    }

    await().until(() -> west.abandoned() == 1);
    JsonNode record = aftermath.onlyRecord();
    assertThat(record.path("ending").asText()).isEqualTo("client_gone");
    assertThat(record.at("/units/images").asInt()).isEqualTo(2);
    assertThat(record.path("cost").asText()).isEqualTo("0.08");
  }

  // ---- speech -----------------------------------------------------------------------------------

  private static final String SPEECH = "{\"input\":\"hello\",\"response_format\":\"pcm\"," + MODEL;

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 100000\r\n\r\n", Answers.CHUNKED})
  void cutsSpeechWhoseContainerDies(String framing) throws IOException {
    String samples = "ab".repeat(24_000);
    boolean chunked = framing.equals(Answers.CHUNKED);
    west.behave(
        Pieces.of(
            Then.CLOSE,
            Answers.OK + "Content-Type: audio/pcm\r\n" + framing,
            chunked ? chunk(samples) : samples));
    String model = tenant.launch("audio_speech", BY_SECOND, west);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(post("/v1/audio/speech", SPEECH.formatted(model)));
      String answer = client.untilEnd();
      assertThat(answer).doesNotEndWith("0\r\n\r\n");
      assertThat(answer.length()).isLessThan(100_000);
    }

    JsonNode record = aftermath.onlyRecord();
    assertUnbilled(record, "container_failed", 200, "closed_in_body");
    assertThat(record.at("/units/seconds").asDouble()).isEqualTo(1.0); // seen, though not billed
  }

  @Test
  void endsSpeechInEventsWithAnErrorEvent() {
    String delta = "data: {\"type\":\"speech.audio.delta\",\"audio\":\"AAAA\"}\n\n";
    west.behave(Pieces.of(Then.CLOSE, Answers.STREAM + chunk(delta), chunk("data: {\"ty")));
    String model = tenant.launch("audio_speech", BY_SECOND, west);

    HttpResponse<byte[]> answer = tenant.call("/v1/audio/speech", SPEECH.formatted(model));

    assertThat(new String(answer.body(), ISO_8859_1)).startsWith(delta + "data: {\"error\":{");
    assertUnbilled(aftermath.record(answer), "container_failed", 200, "closed_in_body");
  }

  @Test
  void asksForSpeechElsewhereWhenItsStreamBeginsWithAnError() {
    west.behave(Pieces.of(Then.CLOSE, Answers.STREAM + chunk(Answers.ERROR) + Answers.LAST_CHUNK));
    central.behave(new Behaviour.Content("audio/pcm", new byte[48_000]));
    String model = tenant.launch("audio_speech", BY_SECOND, west, central);
    aftermath.awaitHealthy(model);

    JsonNode record =
        aftermath.firstFailover(
            () -> {
              HttpResponse<byte[]> answer =
                  tenant.call("/v1/audio/speech", SPEECH.formatted(model));
              assertThat(answer.body()).hasSize(48_000);
              return answer;
            });

    assertThat(results(record)).containsExactly("bad_answer", "ok");
    assertThat(record.path("cost").asText()).isEqualTo("0.50");
  }

  // ---- transcriptions ---------------------------------------------------------------------------

  @Test
  void knowsNothingOfAnUploadThatNeverCameWhole() throws IOException {
    west.behave(new Behaviour.Status(200, "{\"text\":\"hi\",\"duration\":2}"));
    String model = tenant.launch("audio_transcription", BY_SECOND, west);
    String form =
        "--x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n"
            + model
            + "\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\n"
            + "RIFF".repeat(100_000)
            + "\r\n--x--\r\n";
    String type = "multipart/form-data; boundary=x";
    String request = post("/v1/audio/transcriptions", form).replace("application/json", type);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(request.substring(0, request.length() / 2));
    }

    HttpResponse<byte[]> whole =
        tenant.call("/v1/audio/transcriptions", type, form.getBytes(ISO_8859_1));

    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(west.received()).hasSize(1);
    assertThat(aftermath.onlyRecord().path("id").asText())
        .isEqualTo(whole.headers().firstValue("x-request-id").orElseThrow());
  }

  // ---- embeddings -------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "this is no JSON",
        "{\"data\":[{\"embedding\":[0.1",
        "{\"data\":[],\"usage\":{\"prompt_tokens\":-7}}",
        "{\"data\":[],\"usage\":\"many\"}",
        "{\"error\":{\"message\":\"with a good status\"}}"
      })
  void passesGarbageOnAsItIsAndEstimatesTheInput(String garbage) {
    west.behave(new Behaviour.Status(200, garbage));
    String model = tenant.launch("embedding", Map.of("input_tokens", "2.00"), west);

    HttpResponse<byte[]> answer =
        tenant.call("/v1/embeddings", ("{\"input\":\"hello\"," + MODEL).formatted(model));

    assertThat(new String(answer.body(), ISO_8859_1)).isEqualTo(garbage);
    JsonNode record = aftermath.record(answer);
    assertThat(record.path("ending").asText()).isEqualTo("completed");
    assertThat(record.path("source").asText()).isEqualTo("estimated");
    assertThat(record.at("/units/input_tokens").asInt()).isEqualTo(1);
    assertThat(record.path("cost").asText()).isEqualTo("0.000002");
  }

  // ---- video ------------------------------------------------------------------------------------

  private static final String VIDEO = "{\"prompt\":\"a cat\",\"seconds\":4," + MODEL;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{\"id\":\"job-1\","
      })
  void remembersNoJobOfAContainerThatDiesBeforeItHasSaidAllOfIt(String said) {
    west.behave(Pieces.of(Then.CLOSE, said));

    HttpResponse<byte[]> answer =
        tenant.call(
            "/v1/video/generations", VIDEO.formatted(tenant.launch("video", BY_SECOND, west)));

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.headers().firstValue("x-ecolink-job-receipt")).isEmpty();
    String result = said.isEmpty() ? "closed_before_head" : "closed_in_body";
    assertUnbilled(aftermath.record(answer), "unreachable", 502, result);
    assertThat(tenant.get("/v1/video/generations/job-1").statusCode()).isEqualTo(404);
  }

  @Test
  void billsNothingOfAVideoWhoseClientLeavesBeforeTheAnswer() throws IOException {
    west.behave(new Behaviour.Stall());
    String model = tenant.launch("video", BY_SECOND, west);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(post("/v1/video/generations", VIDEO.formatted(model)));
      await().until(() -> west.received().size() == 1);
    }

    await().until(() -> west.abandoned() == 1);
    JsonNode record = aftermath.onlyRecord();
    assertThat(record.path("ending").asText())
        .isEqualTo(TELLS_OF_GONE_CLIENTS ? "client_gone" : "timeout");
    assertThat(record.path("cost").asText()).isEqualTo("0.00");
  }

  @Test
  void cutsAVideoWhoseContainerDies() throws IOException {
    west.behave(
        Pieces.of(
            Then.CLOSE,
            Answers.OK + "Content-Type: video/mp4\r\nContent-Length: 100000\r\n\r\n",
            "x".repeat(50_000)));
    String model = tenant.launch("video", BY_SECOND, west);
    try (RawHttp client = new RawHttp(gateway.base())) {
      client.send(post("/v1/video/generations", VIDEO.formatted(model)));
      assertThat(client.untilEnd().length()).isLessThan(100_000);
    }

    assertUnbilled(aftermath.onlyRecord(), "container_failed", 200, "closed_in_body");
  }
}
