package com.ecohash.ecolink.gateway;

import static com.ecohash.ecolink.testing.OpenAiContainer.EMBEDDING_TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.testing.OpenAiContainer;
import com.ecohash.ecolink.testing.ReceivedForm;
import com.ecohash.ecolink.testing.ReceivedRequest;
import com.ecohash.ecolink.testing.SampleMedia;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.models.audio.AudioResponseFormat;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateResponse;
import com.openai.models.audio.transcriptions.TranscriptionStreamEvent;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.images.ImageGenStreamEvent;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import com.openai.services.blocking.audio.TranscriptionService;
import com.openai.services.blocking.chat.ChatCompletionService;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenAI's own Java SDK against the built archive: every endpoint that it has. */
class OpenAiJavaIT {
  private static final byte[] RECORDING = SampleMedia.wav();

  private static SixEndpoints gateway;
  private static OpenAIClient client;

  @BeforeAll
  static void begin() {
    gateway = SixEndpoints.start();
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl(gateway.url())
            .apiKey(gateway.tenant().key())
            .maxRetries(0)
            .build();
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

  private static ReceivedRequest seenByTheContainer() {
    assertThat(gateway.container().received()).hasSize(1);
    return gateway.container().received().get(0);
  }

  /** The SDK's name for {@code x-request-id} leads to the receipt. */
  private static JsonNode receiptOf(HttpResponse answer) {
    return gateway.tenant().receipt(answer.requestId().orElseThrow());
  }

  private static ChatCompletionCreateParams.Builder chat(String message) {
    return ChatCompletionCreateParams.builder()
        .model(gateway.model(Category.CHAT))
        .addUserMessage(message);
  }

  private static ChatCompletionService.WithRawResponse chats() {
    return client.chat().completions().withRawResponse();
  }

  private static void assertChatReceipt(JsonNode receipt) {
    assertThat(receipt.at("/units/input_tokens").asInt()).isEqualTo(OpenAiContainer.INPUT_TOKENS);
    assertThat(receipt.at("/units/cached_input_tokens").asInt())
        .isEqualTo(OpenAiContainer.CACHED_INPUT_TOKENS);
    assertThat(receipt.at("/units/output_tokens").asInt()).isEqualTo(OpenAiContainer.OUTPUT_TOKENS);
    assertThat(receipt.path("source").asText()).isEqualTo("reported");
    // 8 at $2, 3 at $1, 4 at $4 a million
    assertThat(receipt.path("cost").asText()).isEqualTo("0.000035");
  }

  @Test
  void completesAChat() {
    try (HttpResponseFor<ChatCompletion> answer = chats().create(chat("Hello").build())) {
      ChatCompletion chat = answer.parse();
      assertThat(chat.choices().get(0).message().content()).contains(OpenAiContainer.REPLY);
      assertThat(chat.usage().orElseThrow().promptTokens()).isEqualTo(OpenAiContainer.INPUT_TOKENS);
      assertChatReceipt(receiptOf(answer));
    }
    assertThat(seenByTheContainer().text()).contains("\"model\":\"my-llama\"");
  }

  @Test
  void streamsAChat() {
    try (HttpResponseFor<StreamResponse<ChatCompletionChunk>> answer =
        chats().createStreaming(chat("Hello").build())) {
      List<ChatCompletionChunk> chunks = answer.parse().stream().toList();
      assertThat(chunks)
          .extracting(chunk -> chunk.choices().get(0).delta().content().orElse(""))
          .containsExactly("", "Hello ", "from ", "the ", "container", "");
      assertThat(chunks).allMatch(chunk -> chunk.usage().isEmpty());
      assertChatReceipt(receiptOf(answer));
    }
  }

  @Test
  void streamsAChatWithItsUsage() {
    ChatCompletionCreateParams asking =
        chat("Hello")
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    try (StreamResponse<ChatCompletionChunk> answer =
        client.chat().completions().createStreaming(asking)) {
      List<ChatCompletionChunk> chunks = answer.stream().toList();
      assertThat(chunks.get(chunks.size() - 1).usage().orElseThrow().completionTokens())
          .isEqualTo(OpenAiContainer.OUTPUT_TOKENS);
    }
  }

  @Test
  void leavesAStream() {
    int abandoned = gateway.container().abandoned();
    String id;
    try (HttpResponseFor<StreamResponse<ChatCompletionChunk>> answer =
        chats().createStreaming(chat(OpenAiContainer.SLOWLY).build())) {
      assertThat(answer.parse().stream().limit(3)).hasSize(3);
      id = answer.requestId().orElseThrow();
    }
    await().until(() -> gateway.container().abandoned() == abandoned + 1);
    await().until(() -> gateway.tenant().get("/v1/usage/" + id).statusCode() == 200);
    JsonNode receipt = gateway.tenant().receipt(id);
    assertThat(receipt.path("ending").asText()).isEqualTo("client_gone");
    assertThat(receipt.at("/units/output_tokens").asInt()).isBetween(1, 999);
    assertThat(receipt.path("source").asText()).isEqualTo("estimated");
  }

  /** The SDK asks for base64, which it reads as numbers. */
  @Test
  void embeds() {
    EmbeddingCreateParams two =
        EmbeddingCreateParams.builder()
            .model(gateway.model(Category.EMBEDDING))
            .inputOfArrayOfStrings(List.of("one", "two"))
            .build();
    try (HttpResponseFor<CreateEmbeddingResponse> answer =
        client.embeddings().withRawResponse().create(two)) {
      assertThat(answer.parse().data())
          .extracting(embedding -> embedding.embedding())
          .containsExactly(List.of(1f, 0.5f, -0.25f), List.of(2f, 0.5f, -0.25f));
      JsonNode receipt = receiptOf(answer);
      assertThat(receipt.at("/units/input_tokens").asInt()).isEqualTo(2 * EMBEDDING_TOKENS);
      assertThat(receipt.path("cost").asText()).isEqualTo("0.000028");
    }
    assertThat(seenByTheContainer().text()).contains("base64");
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
      JsonNode receipt = receiptOf(answer);
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
      assertThat(receiptOf(answer).at("/units/images").asInt()).isEqualTo(1);
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
      assertThat(receiptOf(answer).path("status").asInt()).isEqualTo(200);
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
    ReceivedForm form = ReceivedForm.of(seenByTheContainer());
    assertThat(form.bytes("file")).isEqualTo(RECORDING);
    assertThat(form.text("model")).isEqualTo("my-llama");
    assertThat(receipt.at("/units/seconds").asDouble()).isEqualTo(OpenAiContainer.SECONDS);
    assertThat(receipt.path("source").asText()).isEqualTo("reported");
    assertThat(receipt.path("cost").asText()).isEqualTo("6.00");
  }

  @Test
  void transcribes() {
    try (HttpResponseFor<TranscriptionCreateResponse> answer =
        transcriptions().create(recording().build())) {
      assertThat(answer.parse().asTranscription().text())
          .isEqualTo(OpenAiContainer.sha256(RECORDING));
      assertHeard(receiptOf(answer));
    }
  }

  @Test
  void transcribesVerbosely() {
    TranscriptionCreateParams verbose =
        recording().responseFormat(AudioResponseFormat.VERBOSE_JSON).build();
    try (HttpResponseFor<TranscriptionCreateResponse> answer = transcriptions().create(verbose)) {
      assertThat(answer.parse().asVerbose().duration()).isEqualTo(OpenAiContainer.SECONDS);
      assertHeard(receiptOf(answer));
    }
  }

  @Test
  void streamsATranscription() {
    try (HttpResponseFor<StreamResponse<TranscriptionStreamEvent>> answer =
        transcriptions().createStreaming(recording().build())) {
      assertThat(answer.parse().stream())
          .extracting(TranscriptionStreamEvent::isTranscriptTextDone)
          .containsExactly(false, true);
      assertHeard(receiptOf(answer));
    }
  }

  @Test
  void listsModels() {
    for (Category category : Category.values()) {
      String model = gateway.model(category);
      assertThat(client.models().list().data()).anyMatch(known -> known.id().equals(model));
      assertThat(client.models().retrieve(model).id()).isEqualTo(model);
    }
  }
}
