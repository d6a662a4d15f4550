package com.ecohash.ecolink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** OpenAI's own Java SDK against the built archive. */
class OpenAiJavaIT {
  private static GatewayProcess process;
  private static FakeContainer container;
  private static Tenant tenant;
  private static String model;

  @BeforeAll
  static void begin() {
    process = GatewayProcess.start(Map.of());
    container = FakeContainer.start();
    tenant = Tenant.on(process.gateway());
    model = tenant.launch(container);
  }

  @AfterAll
  static void end() {
    container.close();
    process.close();
  }

  private static OpenAIClient client(String key) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(process.gateway().base() + "/v1")
        .apiKey(key)
        .maxRetries(0)
        .build();
  }

  private static ChatCompletionCreateParams.Builder hello(String toModel) {
    return ChatCompletionCreateParams.builder().model(toModel).addUserMessage("Hello");
  }

  @Test
  void completesAChat() {
    ChatCompletion answer = client(tenant.key()).chat().completions().create(hello(model).build());
    assertThat(answer.choices().get(0).message().content()).contains("Hello there");
    assertThat(answer.usage().orElseThrow().promptTokens()).isEqualTo(42);
  }

  @Test
  void streamsAChat() {
    try (StreamResponse<ChatCompletionChunk> answer =
        client(tenant.key()).chat().completions().createStreaming(hello(model).build())) {
      List<ChatCompletionChunk> chunks = answer.stream().toList();
      assertThat(chunks).hasSize(5);
      assertThat(chunks.get(4).choices().get(0).delta().content()).contains("tok4 ");
      assertThat(chunks).allMatch(chunk -> chunk.usage().isEmpty());
    }
  }

  @Test
  void streamsAChatWithItsUsage() {
    ChatCompletionCreateParams asking =
        hello(model)
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    try (StreamResponse<ChatCompletionChunk> answer =
        client(tenant.key()).chat().completions().createStreaming(asking)) {
      List<ChatCompletionChunk> chunks = answer.stream().toList();
      assertThat(chunks.get(chunks.size() - 1).usage().orElseThrow().completionTokens())
          .isEqualTo(5);
    }
  }

  @Test
  void listsModels() {
    assertThat(client(tenant.key()).models().list().data())
        .anyMatch(known -> known.id().equals(model));
    assertThat(client(tenant.key()).models().retrieve(model).id()).isEqualTo(model);
  }

  @Test
  void getsErrorsAsItsOwnExceptions() {
    OpenAIClient client = client(tenant.key());
    String other = Tenant.on(process.gateway()).launch(container);
    assertThatThrownBy(() -> client("eco_wrong").models().list())
        .isInstanceOf(UnauthorizedException.class)
        .hasMessageContaining("API key");
    assertThatThrownBy(() -> client.chat().completions().create(hello("my-llama").build()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("my-llama:<instance id>");
    assertThatThrownBy(() -> client.chat().completions().create(hello(other).build()))
        .isInstanceOf(PermissionDeniedException.class);
    assertThatThrownBy(() -> client.chat().completions().create(hello("").build()))
        .isInstanceOf(BadRequestException.class);
  }

  @Test
  void getsTheContainersErrorsAsItsOwnExceptions() {
    OpenAIClient client = client(tenant.key());
    container.next(
        new Behaviour.Status(400, "{\"error\":{\"message\":\"too long\",\"code\":400}}"));
    assertThatThrownBy(() -> client.chat().completions().create(hello(model).build()))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("too long");
    FakeContainer gone = FakeContainer.start();
    String unreachable = tenant.launch(gone);
    gone.close();
    assertThatThrownBy(() -> client.chat().completions().create(hello(unreachable).build()))
        .isInstanceOf(InternalServerException.class)
        .hasMessageContaining("No region");
  }
}
