package com.ecohash.ecolink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.RateLimitException;
import com.openai.errors.SseException;
import com.openai.errors.UnauthorizedException;
import com.openai.errors.UnexpectedStatusCodeException;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What goes wrong comes to users of OpenAI's Java SDK as its own exceptions, with our codes. */
class OpenAiJavaErrorsIT {
  private static SixEndpoints gateway;
  private static OpenAIClient client;

  @BeforeAll
  static void begin() {
    gateway = SixEndpoints.start();
    client = client(gateway.tenant().key());
  }

  @AfterAll
  static void end() {
    gateway.close();
  }

  private static OpenAIClient client(String key) {
    return OpenAiSdk.client(gateway, key);
  }

  private static ChatCompletionCreateParams hello(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hello").build();
  }

  private static <E extends OpenAIServiceException> E failure(
      Class<E> type, OpenAIClient of, String model) {
    E failure = catchThrowableOfType(type, () -> of.chat().completions().create(hello(model)));
    assertThat(failure).as("the failure of a call to " + model).isNotNull();
    return failure;
  }

  @Test
  void knowsNoKeyLikeThis() {
    String model = gateway.model(Category.CHAT);
    assertThat(failure(UnauthorizedException.class, client("eco_wrong"), model))
        .hasMessageContaining("API key");
    assertThatThrownBy(() -> client("eco_wrong").models().list())
        .isInstanceOf(UnauthorizedException.class);
  }

  @Test
  void hasNoPrice() {
    String model = "my-llama:" + gateway.tenant().launchUnpriced(gateway.container());
    UnexpectedStatusCodeException failure =
        failure(UnexpectedStatusCodeException.class, client, model);
    assertThat(failure.statusCode()).isEqualTo(402);
    assertThat(failure.code()).contains("model_not_priced");
  }

  @Test
  void belongsToAnother() {
    String model = Tenant.on(gateway.process().gateway()).launch(gateway.container());
    assertThat(failure(PermissionDeniedException.class, client, model).code())
        .contains("forbidden");
  }

  @Test
  void isNotFound() {
    NotFoundException failure = failure(NotFoundException.class, client, "my-llama");
    assertThat(failure.code()).contains("model_not_found");
    assertThat(failure.param()).contains("model");
    assertThat(failure).hasMessageContaining("my-llama:<instance id>");
    assertThatThrownBy(() -> client.models().retrieve("my-llama:999999"))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void namesNoModel() {
    assertThat(failure(BadRequestException.class, client, "").param()).contains("model");
  }

  @Test
  void isTooMuchForAMinute() {
    String key = gateway.keyOfOneRequestAMinute();
    String model = gateway.model(Category.CHAT);
    client(key).chat().completions().create(hello(model));

    RateLimitException failure = failure(RateLimitException.class, client(key), model);

    assertThat(failure.code()).contains("rate_limit_exceeded");
    assertThat(failure.headers().values("retry-after")).hasSize(1);
    assertThat(failure.headers().values("x-ratelimit-limit")).containsExactly("1");
  }

  /** The SDK is still sending when it is refused, of a length that it does not tell beforehand. */
  @Test
  void isTooLarge() {
    byte[] tooLarge = new byte[10 * SixEndpoints.UPLOAD_BYTES_MAX];
    TranscriptionCreateParams.Builder upload =
        TranscriptionCreateParams.builder().model(gateway.model(Category.AUDIO_TRANSCRIPTION));
    for (TranscriptionCreateParams params :
        new TranscriptionCreateParams[] {
          upload.file(tooLarge).build(), upload.file(new ByteArrayInputStream(tooLarge)).build()
        }) {
      UnexpectedStatusCodeException failure =
          catchThrowableOfType(
              UnexpectedStatusCodeException.class,
              () -> client.audio().transcriptions().create(params));
      assertThat(failure.statusCode()).isEqualTo(413);
      assertThat(failure.code()).contains("request_too_large");
      assertThat(failure).hasMessageContaining("ecolink.limits.audio-upload");
    }
  }

  /** Nobody is told to come back as long as only requests have found the container gone. */
  @Test
  void hasNoHealthyRegion() {
    FakeContainer gone = FakeContainer.start();
    String model = gateway.tenant().launch(gone);
    gone.close();
    await().until(() -> failure(InternalServerException.class, client, model).statusCode() == 503);
    InternalServerException failure = failure(InternalServerException.class, client, model);
    assertThat(failure.code()).contains("no_healthy_region");
    assertThat(failure.headers().values("retry-after")).hasSize(1);
  }

  @Test
  void isTheContainersOwnError() {
    gateway
        .container()
        .next(new Behaviour.Status(400, "{\"error\":{\"message\":\"too long\",\"code\":400}}"));
    assertThat(failure(BadRequestException.class, client, gateway.model(Category.CHAT)))
        .hasMessageContaining("too long");
  }

  @Test
  void diesInMidStream() {
    gateway.container().next(new Behaviour.CloseAfterBytes(500));
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(hello(gateway.model(Category.CHAT)))) {
      SseException failure =
          catchThrowableOfType(SseException.class, () -> stream.stream().toList());
      assertThat(failure.code()).contains("bad_gateway");
    }
  }
}
