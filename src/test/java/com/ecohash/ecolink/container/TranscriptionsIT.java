package com.ecohash.ecolink.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.ecohash.ecolink.testing.ReceivedRequest;
import com.ecohash.ecolink.testing.SampleMedia;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
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

/** Forms with audio to be transcribed, on either server. */
@ExtendWith(ArquillianExtension.class)
class TranscriptionsIT {
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

  /** Gateway and container could each read the form by another boundary. */
  @Test
  void refusesTwoContentTypes() throws IOException {
    String model = tenant.launch("audio_transcription", BY_SECOND, west);
    HttpResponse<String> answer =
        RunningGateway.at(address)
            .send(
                tenant
                    .authorized("/v1/audio/transcriptions")
                    .header("Content-Type", FORM)
                    .header("Content-Type", "multipart/form-data; boundary=other")
                    .POST(BodyPublishers.ofByteArray(form(model, wav(1), true)))
                    .build());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("invalid_request");
    assertThat(west.received()).isEmpty();
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

  /** Of each a second: a file whose index comes last, one of a browser's recorder, and so on. */
  @ParameterizedTest
  @ValueSource(
      strings = {"last.m4a", "opus.webm", "live.webm", "opus.ogg", "vorbis.ogg", "plain.flac"})
  void measuresAnUploadWhereTheContainerReportsNothing(String name) throws IOException {
    west.behave(new Behaviour.Status(200, "{\"text\":\"hi\"}"));
    String model = tenant.launch("audio_transcription", BY_SECOND, west);
    byte[] file = SampleMedia.second(name);

    HttpResponse<byte[]> answer =
        tenant.call("/v1/audio/transcriptions", FORM, form(model, file, false));

    assertThat(west.received().get(0).body()).isEqualTo(form("my-llama", file, false));
    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.at("/units/seconds").asDouble()).isBetween(0.98, 1.1);
    assertThat(receipt.path("source").asText()).isEqualTo("measured");
  }

  @Test
  void takesAnUploadThatIsNoAudioForNothing() throws IOException {
    west.behave(new Behaviour.Status(200, "{\"text\":\"\"}"));
    String model = tenant.launch("audio_transcription", BY_SECOND, west);

    HttpResponse<byte[]> answer =
        tenant.call(
            "/v1/audio/transcriptions", FORM, form(model, "no sound".getBytes(UTF_8), true));

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode receipt = tenant.receiptOf(answer);
    assertThat(receipt.path("units").isEmpty()).isTrue();
    assertThat(receipt.path("source").asText()).isEqualTo("estimated");
    assertThat(receipt.path("cost").asText()).isEqualTo("0.00");
  }

  @Test
  void refusesAFormForAnInstanceOfAnotherCategory() throws IOException {
    String model = tenant.launch(west);

    HttpResponse<byte[]> answer =
        tenant.call("/v1/audio/transcriptions", FORM, form(model, wav(1), true));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/error/code").asText()).isEqualTo("wrong_endpoint");
    assertThat(json(answer).at("/error/message").asText())
        .contains("Call POST /v1/chat/completions");
    assertThat(west.received()).isEmpty();
  }

  @Test
  void goesToTheNextRegionWithTheSameUpload() throws IOException {
    west.behave(new Behaviour.CloseBeforeHeaders());
    central.behave(new Behaviour.Status(200, "{\"text\":\"hi\"}"));
    String model = tenant.launch("audio_transcription", Map.of("seconds", "0.01"), west, central);
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

  private static JsonNode json(HttpResponse<byte[]> answer) {
    return Tenant.json(new String(answer.body(), UTF_8));
  }
}
