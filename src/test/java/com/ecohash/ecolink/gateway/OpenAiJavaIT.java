package com.ecohash.ecolink.gateway;

import static com.ecohash.ecolink.testing.OpenAiContainer.EMBEDDING_TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.testing.OpenAiContainer;
import com.ecohash.ecolink.testing.ReceivedRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.services.blocking.chat.ChatCompletionService;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenAI's own Java SDK against the built archive: chat, embeddings and the list of models. */
class OpenAiJavaIT {
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

  private static ReceivedRequest seenByTheContainer() {
    assertThat(gateway.container().received()).hasSize(1);
    return gateway.container().received().get(0);
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
      assertChatReceipt(OpenAiSdk.receipt(gateway, answer));
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
      assertChatReceipt(OpenAiSdk.receipt(gateway, answer));
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

  /** Between the events of a stream that falls silent the gateway writes comments. */
  @Test
  void readsAStreamThatPauses() {
    try (StreamResponse<ChatCompletionChunk> answer =
        client.chat().completions().createStreaming(chat(OpenAiContainer.PAUSING).build())) {
      assertThat(answer.stream())
          .extracting(chunk -> chunk.choices().get(0).delta().content().orElse(""))
          .containsExactly("", "Hello", "");
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
      JsonNode receipt = OpenAiSdk.receipt(gateway, answer);
      assertThat(receipt.at("/units/input_tokens").asInt()).isEqualTo(2 * EMBEDDING_TOKENS);
      assertThat(receipt.path("cost").asText()).isEqualTo("0.000028");
    }
    assertThat(seenByTheContainer().text()).contains("base64");
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
