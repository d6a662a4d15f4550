package com.ecohash.ecolink.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.ecohash.ecolink.testing.ReceivedRequest;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
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

/** The endpoints beside chat, on either server: what passes, and what is metered. */
@ExtendWith(ArquillianExtension.class)
class EndpointsIT {
  private static final Map<String, String> BY_SECOND = Map.of("seconds", "0.50");

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

  @Test
  void metersAnEmbeddingByItsTokens() {
    west.behave(
        new Behaviour.Status(
            200,
            "{\"object\":\"list\",\"data\":[{\"index\":0,\"embedding\":[0.1,2]}],"
                + "\"usage\":{\"prompt_tokens\":1000,\"total_tokens\":1000}}"));
    String model = tenant.launch("embedding", Map.of("input_tokens", "2.00"), west);

    HttpResponse<byte[]> answer =
        tenant.call("/v1/embeddings", "{\"input\":\"hello\",\"model\":\"" + model + "\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(west.received().get(0).target()).isEqualTo("/v1/embeddings");
    assertThat(west.received().get(0).text())
        .isEqualTo("{\"input\":\"hello\",\"model\":\"my-llama\"}");
    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.at("/units/input_tokens").asInt()).isEqualTo(1000);
    assertThat(receipt.path("cost").asText()).isEqualTo("0.002");
  }

  @Test
  void metersImagesByTheirNumber() {
    west.behave(
        new Behaviour.Status(
            200, "{\"created\":1,\"data\":[{\"b64_json\":\"AA==\"},{\"url\":\"u\"}]}"));
    String model = tenant.launch("image", Map.of("images", "0.04"), west);

    HttpResponse<byte[]> answer =
        tenant.call(
            "/v1/images/generations", "{\"prompt\":\"a\",\"n\":2,\"model\":\"" + model + "\"}");

    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.at("/units/images").asInt()).isEqualTo(2);
    assertThat(receipt.path("source").asText()).isEqualTo("reported");
    assertThat(receipt.path("cost").asText()).isEqualTo("0.08");
  }

  @Test
  void passesSpeechOnByteForByteAndMetersItsSeconds() {
    byte[] samples = new byte[24_000 * 2 * 3]; // raw PCM: 24 kHz, 16 bit, mono, 3 s
    new Random(1).nextBytes(samples);
    west.behave(new Behaviour.Content("audio/pcm", samples));
    String model = tenant.launch("audio_speech", BY_SECOND, west);

    HttpResponse<byte[]> answer =
        tenant.call(
            "/v1/audio/speech",
            "{\"input\":\"hello\",\"voice\":\"x\",\"response_format\":\"pcm\",\"model\":\""
                + model
                + "\"}");

    assertThat(answer.body()).isEqualTo(samples);
    assertThat(answer.headers().firstValue("content-type")).contains("audio/pcm");
    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.at("/units/seconds").asDouble()).isEqualTo(3.0);
    assertThat(receipt.path("source").asText()).isEqualTo("measured");
    assertThat(receipt.path("cost").asText()).isEqualTo("1.50");
  }

  @Test
  void passesSpeechThatIsNoneAndMetersNothing() {
    west.behave(new Behaviour.Content("text/plain", "no sound".getBytes(UTF_8)));
    String model = tenant.launch("audio_speech", BY_SECOND, west);

    HttpResponse<byte[]> answer =
        tenant.call("/v1/audio/speech", "{\"input\":\"x\",\"model\":\"" + model + "\"}");

    assertThat(answer.body()).isEqualTo("no sound".getBytes(UTF_8));
    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.path("source").asText()).isEqualTo("estimated");
    assertThat(receipt.path("cost").asText()).isEqualTo("0.00");
  }

  // ---- transcriptions ---------------------------------------------------------------------------

  private static final String FORM = "multipart/form-data; boundary=\"b o'und\"";

  /** A form with these two parts in this order. */
  private static byte[] form(String model, byte[] file, boolean modelFirst) throws IOException {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    byte[] modelPart =
        ("--b o'und\r\ncontent-disposition: form-data; name=model\r\n\r\n" + model + "\r\n")
            .getBytes(UTF_8);
    if (modelFirst) {
      form.write(modelPart);
    }
    form.write(
        ("--b o'und\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n"
                + "Content-Type: audio/wav\r\nX-Odd: 1\r\n\r\n")
            .getBytes(UTF_8));
    form.write(file);
    form.write("\r\n".getBytes(UTF_8));
    if (!modelFirst) {
      form.write(modelPart);
    }
    form.write("--b o'und--\r\n".getBytes(UTF_8));
    return form.toByteArray();
  }

  /** PCM, 8 kHz, 8 bit, mono. */
  private static byte[] wav(int seconds) {
    int samples = 8_000 * seconds;
    ByteBuffer wav = ByteBuffer.allocate(44 + samples).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(UTF_8)).putInt(36 + samples).put("WAVEfmt ".getBytes(UTF_8));
    wav.putInt(16).putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(8_000);
    wav.putShort((short) 1).putShort((short) 8).put("data".getBytes(UTF_8)).putInt(samples);
    return wav.array();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void changesOnlyTheModelOfAFormAndMetersTheAudio(boolean modelFirst) throws IOException {
    west.behave(new Behaviour.Content("text/plain", "hello".getBytes(UTF_8)));
    String model = tenant.launch("audio_transcription", BY_SECOND, west);
    byte[] file = wav(200); // 1.6 MB: too large for the memory, so it goes over the spool

    HttpResponse<byte[]> answer =
        tenant.call("/v1/audio/transcriptions", FORM, form(model, file, modelFirst));

    assertThat(new String(answer.body(), UTF_8)).isEqualTo("hello");
    ReceivedRequest seen = west.received().get(0);
    assertThat(seen.body()).isEqualTo(form("my-llama", file, modelFirst));
    assertThat(seen.header("content-type")).contains(FORM);
    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.at("/units/seconds").asDouble()).isEqualTo(200.0);
    assertThat(receipt.path("source").asText()).isEqualTo("measured");
    assertThat(receipt.path("cost").asText()).isEqualTo("100.00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":\"hi\",\"usage\":{\"type\":\"duration\",\"seconds\":12}}",
        "{\"text\":\"hi\",\"duration\":\"12.0\",\"language\":\"en\"}"
      })
  void takesTheSecondsThatTheContainerReports(String reported) throws IOException {
    west.behave(new Behaviour.Status(200, reported));
    String model = tenant.launch("audio_transcription", BY_SECOND, west);

    HttpResponse<byte[]> answer =
        tenant.call("/v1/audio/transcriptions", FORM, form(model, wav(3), true));

    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.at("/units/seconds").asDouble()).isEqualTo(12.0);
    assertThat(receipt.path("source").asText()).isEqualTo("reported");
  }

  @Test
  void goesToTheNextRegionWithTheSameUpload() throws IOException {
    west.behave(new Behaviour.CloseBeforeHeaders());
    central.behave(new Behaviour.Status(200, "{\"text\":\"hi\"}"));
    String model = tenant.launch("audio_transcription", BY_SECOND, west, central);
    byte[] file = wav(300);

    for (int i = 0; i < 4; i++) {
      assertThat(
              tenant.call("/v1/audio/transcriptions", FORM, form(model, file, false)).statusCode())
          .isEqualTo(200);
    }

    assertThat(central.received()).hasSize(4);
    assertThat(central.received().get(3).body()).isEqualTo(form("my-llama", file, false));
  }

  @Test
  void refusesABrokenFormWithAReason() throws IOException {
    String model = tenant.launch("audio_transcription", BY_SECOND, west);
    byte[] whole = form(model, wav(1), true);

    HttpResponse<byte[]> cut =
        tenant.call("/v1/audio/transcriptions", FORM, Arrays.copyOf(whole, whole.length - 30));
    HttpResponse<byte[]> json =
        tenant.call("/v1/audio/transcriptions", "application/json", "{}".getBytes(UTF_8));

    assertThat(cut.statusCode()).isEqualTo(400);
    assertThat(json(cut).at("/error/message").asText()).contains("send all of it");
    assertThat(json.statusCode()).isEqualTo(415);
    assertThat(west.received()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "chat, /v1/embeddings",
    "embedding, /v1/chat/completions",
    "image, /v1/audio/speech",
    "audio_speech, /v1/images/generations",
    "chat, /v1/video/generations",
    "video, /v1/embeddings"
  })
  void refusesAnInstanceOfAnotherCategory(String category, String path) {
    String model = tenant.launch(category, Map.of(), west);

    HttpResponse<byte[]> answer = tenant.call(path, "{\"model\":\"" + model + "\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = Tenant.json(new String(answer.body(), UTF_8)).path("error");
    assertThat(error.path("code").asText()).isEqualTo("wrong_endpoint");
    assertThat(error.path("message").asText()).contains("Call POST /v1/");
    assertThat(west.received()).isEmpty();
  }

  // ---- video ------------------------------------------------------------------------------------

  /** A container whose jobs are all called the same, and which completes them when told. */
  private static final class VideoServer {
    private final String video;
    private volatile String status = "queued";

    VideoServer(FakeContainer on, String video) {
      this.video = video;
      on.behave(new Behaviour.By(request -> new Behaviour.Status(200, job())));
    }

    String job() {
      return "{\"id\":\"job-1\",\"object\":\"video\", \"video\":\"%s\",\"status\":\"%s\"%s}"
          .formatted(video, status, status.equals("completed") ? ",\"duration_seconds\":6.5" : "");
    }

    void completes() {
      status = "completed";
    }
  }

  private HttpResponse<byte[]> begin(String model) {
    return tenant.call(
        "/v1/video/generations",
        "{\"prompt\":\"a cat\",\"seconds\":4,\"model\":\"" + model + "\"}");
  }

  private static JsonNode json(HttpResponse<byte[]> answer) {
    return Tenant.json(new String(answer.body(), UTF_8));
  }

  private JsonNode jobReceipt(HttpResponse<byte[]> answer) {
    String id = answer.headers().firstValue("x-ecolink-job-receipt").orElseThrow();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> tenant.get("/v1/usage/" + id).statusCode() == 200);
    return tenant.receipt(id);
  }

  @Test
  void answersWithTheContainersJobAndFollowsIt() {
    VideoServer server = new VideoServer(west, "west");
    String model = tenant.launch("video", BY_SECOND, west);

    HttpResponse<byte[]> begun = begin(model);
    assertThat(new String(begun.body(), UTF_8)).isEqualTo(server.job());
    assertThat(tenant.receiptOf(begun).path("cost").asText()).isEqualTo("0.00");
    HttpResponse<byte[]> working = tenant.get("/v1/video/generations/job-1");
    assertThat(json(working).path("status").asText()).isEqualTo("queued");

    server.completes();
    HttpResponse<byte[]> done = tenant.get("/v1/video/generations/job-1");

    assertThat(new String(done.body(), UTF_8)).isEqualTo(server.job());
    JsonNode receipt = jobReceipt(begun);
    assertThat(receipt.at("/units/seconds").asDouble()).isEqualTo(6.5);
    assertThat(receipt.path("cost").asText()).isEqualTo("3.25");
    assertThat(receipt.path("ending").asText()).isEqualTo("completed");
    assertThat(tenant.receiptOf(done).path("cost").asText()).isEqualTo("0.00");
  }

  @Test
  void metersAJobThatNobodyAsksFor() {
    VideoServer server = new VideoServer(west, "west");
    HttpResponse<byte[]> begun = begin(tenant.launch("video", BY_SECOND, west));

    server.completes();

    assertThat(jobReceipt(begun).path("cost").asText()).isEqualTo("3.25");
  }

  @Test
  void keepsJobsOfTheSameNameApart() {
    new VideoServer(west, "west");
    new VideoServer(central, "central");
    HttpResponse<byte[]> one = begin(tenant.launch("video", BY_SECOND, west));
    HttpResponse<byte[]> other = begin(tenant.launch("video", BY_SECOND, central));

    String oneId = json(one).path("id").asText();
    String otherId = json(other).path("id").asText();

    assertThat(otherId).startsWith("job-1:req_").isNotEqualTo(oneId);
    assertThat(json(tenant.get("/v1/video/generations/" + oneId)).path("video").asText())
        .isEqualTo("west");
    HttpResponse<byte[]> asked = tenant.get("/v1/video/generations/" + otherId.replace(":", "%3A"));
    assertThat(json(asked).path("video").asText()).isEqualTo("central");
    assertThat(json(asked).path("id").asText()).isEqualTo(otherId);
  }

  @Test
  void showsNobodyTheJobOfAnother() {
    new VideoServer(west, "west");
    begin(tenant.launch("video", BY_SECOND, west));
    Tenant stranger = Tenant.on(RunningGateway.at(address));

    assertThat(stranger.get("/v1/video/generations/job-1").statusCode()).isEqualTo(404);
  }

  @Test
  void metersAFinishedVideoFromItsAnswer() {
    west.behave(
        new Behaviour.Status(200, "{\"created\":1,\"data\":[{\"url\":\"u\"}],\"seconds\":\"4\"}"));

    HttpResponse<byte[]> answer = begin(tenant.launch("video", BY_SECOND, west));

    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.at("/units/seconds").asDouble()).isEqualTo(4.0);
    assertThat(receipt.path("cost").asText()).isEqualTo("2.00");
    assertThat(answer.headers().firstValue("x-ecolink-job-receipt")).isEmpty();
  }
}
