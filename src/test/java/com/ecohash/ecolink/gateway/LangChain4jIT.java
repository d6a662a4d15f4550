package com.ecohash.ecolink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.OpenAiContainer;
import com.ecohash.ecolink.testing.ReceivedForm;
import com.ecohash.ecolink.testing.SampleMedia;
import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.audio.Audio;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.audio.AudioTranscriptionRequest;
import dev.langchain4j.model.audio.TextToSpeechRequest;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiAudioTranscriptionModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiImageModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiTextToSpeechModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * LangChain4j's models against the built archive. Its HTTP client is the JDK's, which offers to
 * switch to HTTP/2 with every request.
 */
class LangChain4jIT {
  private static SixEndpoints gateway;

  @BeforeAll
  static void begin() {
    gateway = SixEndpoints.start();
  }

  @AfterAll
  static void end() {
    gateway.close();
  }

  @BeforeEach
  void forget() {
    gateway.container().received().clear();
  }

  private static String key() {
    return gateway.tenant().key();
  }

  private static ChatModel chat(String key, String model) {
    return OpenAiChatModel.builder()
        .baseUrl(gateway.url())
        .apiKey(key)
        .modelName(model)
        .maxRetries(0)
        .build();
  }

  private static StreamingChatModel streaming() {
    return OpenAiStreamingChatModel.builder()
        .baseUrl(gateway.url())
        .apiKey(key())
        .modelName(gateway.model(Category.CHAT))
        .build();
  }

  private static JsonNode receiptOf(ChatResponse answer) {
    OpenAiChatResponseMetadata metadata = (OpenAiChatResponseMetadata) answer.metadata();
    return metadata.rawHttpResponse().headers().entrySet().stream()
        .filter(field -> field.getKey().toLowerCase(Locale.ROOT).equals("x-ecolink-request-id"))
        .map(field -> gateway.tenant().receipt(field.getValue().get(0)))
        .findFirst()
        .orElseThrow();
  }

  private static void assertWhole(ChatResponse answer) {
    assertThat(answer.aiMessage().text()).isEqualTo(OpenAiContainer.REPLY);
    assertThat(answer.tokenUsage().outputTokenCount()).isEqualTo(OpenAiContainer.OUTPUT_TOKENS);
    JsonNode receipt = receiptOf(answer);
    assertThat(receipt.at("/units/input_tokens").asInt()).isEqualTo(OpenAiContainer.INPUT_TOKENS);
    assertThat(receipt.path("source").asText()).isEqualTo("reported");
    assertThat(receipt.path("cost").asText()).isEqualTo("0.000035");
  }

  @Test
  void completesAChat() {
    assertWhole(chat(key(), gateway.model(Category.CHAT)).chat(UserMessage.from("Hello")));
  }

  @Test
  void streamsAChat() {
    StreamedChat answer = StreamedChat.of(streaming(), "Hello");
    await().until(answer::isDone);
    assertWhole(answer.whole());
    assertThat(answer.pieces()).containsExactly("Hello ", "from ", "the ", "container");
  }

  /** Between the events of a stream that falls silent the gateway writes comments. */
  @Test
  void readsAStreamThatPauses() {
    StreamedChat answer = StreamedChat.of(streaming(), OpenAiContainer.PAUSING);
    await().until(answer::isDone);
    assertThat(answer.whole().aiMessage().text()).isEqualTo("Hello");
    assertThat(answer.pieces()).containsExactly("Hello");
  }

  @Test
  void leavesAStream() {
    int abandoned = gateway.container().abandoned();
    StreamedChat.leaving(streaming(), OpenAiContainer.SLOWLY);
    await().until(() -> gateway.container().abandoned() == abandoned + 1);
  }

  /** It takes only events that are named so for errors; what remains is the missing reason. */
  @Test
  void getsNoFinishReasonFromAStreamThatBreaks() {
    gateway.container().next(new Behaviour.CloseAfterBytes(500));
    StreamedChat answer = StreamedChat.of(streaming(), "Hello");
    await().until(answer::isDone);
    assertThat(answer.error().isPresent() || answer.whole().finishReason() == null).isTrue();
  }

  @Test
  void embeds() {
    OpenAiEmbeddingModel model =
        OpenAiEmbeddingModel.builder()
            .baseUrl(gateway.url())
            .apiKey(key())
            .modelName(gateway.model(Category.EMBEDDING))
            .maxRetries(0)
            .build();
    Response<List<Embedding>> answer =
        model.embedAll(List.of(TextSegment.from("one"), TextSegment.from("two")));
    assertThat(answer.content())
        .extracting(Embedding::vector)
        .containsExactly(OpenAiContainer.vector(0), OpenAiContainer.vector(1));
    assertThat(answer.tokenUsage())
        .extracting(TokenUsage::inputTokenCount)
        .isEqualTo(2 * OpenAiContainer.EMBEDDING_TOKENS);
  }

  @Test
  void makesImages() {
    OpenAiImageModel model =
        OpenAiImageModel.builder()
            .baseUrl(gateway.url())
            .apiKey(key())
            .modelName(gateway.model(Category.IMAGE))
            .maxRetries(0)
            .build();
    assertThat(model.generate("A pixel", 2).content())
        .extracting(image -> Base64.getDecoder().decode(image.base64Data()))
        .containsExactly(SampleMedia.png(), SampleMedia.png());
  }

  @Test
  void speaks() {
    OpenAiTextToSpeechModel model =
        OpenAiTextToSpeechModel.builder()
            .baseUrl(gateway.url())
            .apiKey(key())
            .modelName(gateway.model(Category.AUDIO_SPEECH))
            .voice("alloy")
            .maxRetries(0)
            .build();
    TextToSpeechRequest hello = TextToSpeechRequest.builder("Hello").build();
    assertThat(model.synthesize(hello).audio().binaryData()).isEqualTo(SampleMedia.mp3());
  }

  @Test
  void transcribes() {
    OpenAiAudioTranscriptionModel model =
        OpenAiAudioTranscriptionModel.builder()
            .baseUrl(gateway.url())
            .apiKey(key())
            .modelName(gateway.model(Category.AUDIO_TRANSCRIPTION))
            .maxRetries(0)
            .build();
    byte[] recording = SampleMedia.wav();
    Audio audio = Audio.builder().binaryData(recording).mimeType("audio/wav").build();

    assertThat(model.transcribe(AudioTranscriptionRequest.builder(audio).build()).text())
        .isEqualTo(OpenAiContainer.sha256(recording));
    ReceivedForm form = ReceivedForm.of(gateway.container().received().get(0));
    assertThat(form.bytes("file")).isEqualTo(recording);
    assertThat(form.text("model")).isEqualTo("my-llama");
  }

  @Test
  void getsErrorsAsItsOwnExceptions() {
    String model = gateway.model(Category.CHAT);
    assertThatThrownBy(() -> chat("eco_wrong", model).chat("Hello"))
        .isInstanceOf(AuthenticationException.class);
    assertThatThrownBy(() -> chat(key(), "my-llama").chat("Hello"))
        .isInstanceOf(ModelNotFoundException.class)
        .hasMessageContaining("my-llama:<instance id>");
    String slow = gateway.keyOfOneRequestAMinute();
    assertThat(chat(slow, model).chat("Hello")).isEqualTo(OpenAiContainer.REPLY);
    assertThatThrownBy(() -> chat(slow, model).chat("Hello"))
        .isInstanceOf(RateLimitException.class);
  }
}
