package com.ecohash.ecolink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.testing.OpenAiContainer;
import com.ecohash.ecolink.testing.ReceivedForm;
import com.ecohash.ecolink.testing.SampleMedia;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.models.audio.AudioResponseFormat;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateResponse;
import com.openai.models.audio.transcriptions.TranscriptionStreamEvent;
import com.openai.models.images.ImageGenStreamEvent;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import com.openai.services.blocking.audio.TranscriptionService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenAI's own Java SDK against the built archive: images, audio both ways, and video. */
class OpenAiJavaMediaIT {
  private static final byte[] RECORDING = SampleMedia.wav();

  private static SixEndpoints gateway;
  private static OpenAIClient client;

  @BeforeAll
  static void begin() {
    gateway = SixEndpoints.start();
    client = OpenAiSdk.client(gateway, gateway.tenant().key());
  }

  @AfterAll
  static void end() {
    client.close();
    gateway.close();
  }

  @BeforeEach
  void forget() {
    gateway.container().received().clear();
  }

  private static ImageGenerateParams.Builder image() {
    return ImageGenerateParams.builder().model(gateway.model(Category.IMAGE)).prompt("A pixel");
  }

  @Test
  void makesImages() {
    try (HttpResponseFor<ImagesResponse> answer =
        client.images().withRawResponse().generate(image().n(2).build())) {
      assertThat(answer.parse().data().orElseThrow())
          .extracting(made -> Base64.getDecoder().decode(made.b64Json().orElseThrow()))
          .containsExactly(SampleMedia.png(), SampleMedia.png());
      JsonNode receipt = OpenAiSdk.receipt(gateway, answer);
      assertThat(receipt.at("/units/images").asInt()).isEqualTo(2);
      assertThat(receipt.path("cost").asText()).isEqualTo("0.08");
    }
  }

  @Test
  void streamsAnImage() {
    ImageGenerateParams bitByBit = image().partialImages(1).build();
    try (HttpResponseFor<StreamResponse<ImageGenStreamEvent>> answer =
        client.images().withRawResponse().generateStreaming(bitByBit)) {
      assertThat(answer.parse().stream())
          .extracting(ImageGenStreamEvent::isGenerationCompleted)
          .containsExactly(false, true);
      assertThat(OpenAiSdk.receipt(gateway, answer).at("/units/images").asInt()).isEqualTo(1);
    }
  }

  private static SpeechCreateParams.Builder speech() {
    return SpeechCreateParams.builder()
        .model(gateway.model(Category.AUDIO_SPEECH))
        .voice("alloy")
        .input("Hello");
  }

  @Test
  void speaks() throws IOException {
    try (HttpResponse answer = client.audio().speech().create(speech().build())) {
      assertThat(answer.headers().values("content-type")).containsExactly("audio/mpeg");
      assertThat(answer.body().readAllBytes()).isEqualTo(SampleMedia.mp3());
      assertThat(OpenAiSdk.receipt(gateway, answer).path("status").asInt()).isEqualTo(200);
    }
    SpeechCreateParams wav = speech().responseFormat(SpeechCreateParams.ResponseFormat.WAV).build();
    try (HttpResponse answer = client.audio().speech().create(wav)) {
      assertThat(answer.body().readAllBytes()).isEqualTo(SampleMedia.wav());
    }
  }

  private static TranscriptionCreateParams.Builder recording() {
    return TranscriptionCreateParams.builder()
        .model(gateway.model(Category.AUDIO_TRANSCRIPTION))
        .file(RECORDING);
  }

  private static TranscriptionService.WithRawResponse transcriptions() {
    return client.audio().transcriptions().withRawResponse();
  }

  private static void assertHeard(JsonNode receipt) {
    ReceivedForm form = ReceivedForm.of(gateway.container().received().get(0));
    assertThat(form.bytes("file")).isEqualTo(RECORDING);
    assertThat(form.text("model")).isEqualTo("my-llama");
    assertThat(receipt.at("/units/seconds").asDouble()).isEqualTo(OpenAiContainer.SECONDS);
    assertThat(receipt.path("source").asText()).isEqualTo("reported");
    assertThat(receipt.path("cost").asText()).isEqualTo("0.60");
  }

  @Test
  void transcribes() {
    try (HttpResponseFor<TranscriptionCreateResponse> answer =
        transcriptions().create(recording().build())) {
      assertThat(answer.parse().asTranscription().text())
          .isEqualTo(OpenAiContainer.sha256(RECORDING));
      assertHeard(OpenAiSdk.receipt(gateway, answer));
    }
  }

  @Test
  void transcribesVerbosely() {
    TranscriptionCreateParams verbose =
        recording().responseFormat(AudioResponseFormat.VERBOSE_JSON).build();
    try (HttpResponseFor<TranscriptionCreateResponse> answer = transcriptions().create(verbose)) {
      assertThat(answer.parse().asVerbose().duration()).isEqualTo(OpenAiContainer.SECONDS);
      assertHeard(OpenAiSdk.receipt(gateway, answer));
    }
  }

  @Test
  void streamsATranscription() {
    try (HttpResponseFor<StreamResponse<TranscriptionStreamEvent>> answer =
        transcriptions().createStreaming(recording().build())) {
      assertThat(answer.parse().stream())
          .extracting(TranscriptionStreamEvent::isTranscriptTextDone)
          .containsExactly(false, true);
      assertHeard(OpenAiSdk.receipt(gateway, answer));
    }
  }

  /** The SDK's own {@code videos} call another path, so this goes without it. */
  @Test
  void followsAVideo() {
    Tenant tenant = gateway.tenant();
    java.net.http.HttpResponse<byte[]> begun =
        tenant.call(
            "/v1/video/generations",
            "{\"prompt\":\"A pixel\",\"model\":\"" + gateway.model(Category.VIDEO) + "\"}");
    String job = json(begun).path("id").asText();

    assertThat(json(tenant.get("/v1/video/generations/" + job)).path("status").asText())
        .isEqualTo("completed");
    String receipt = begun.headers().firstValue("x-ecolink-job-receipt").orElseThrow();
    await().until(() -> tenant.get("/v1/usage/" + receipt).statusCode() == 200);
    assertThat(tenant.receipt(receipt).path("cost").asText()).isEqualTo("0.60");
  }

  private static JsonNode json(java.net.http.HttpResponse<byte[]> answer) {
    return Tenant.json(new String(answer.body(), StandardCharsets.UTF_8));
  }
}
