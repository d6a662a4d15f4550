package com.ecohash.ecolink.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * The rule of a container that serves all endpoints of the unified API, as plausibly as other
 * people's clients need it. It reports what it used, the same each time, in the constants here.
 *
 * <p>A chat whose request holds the word {@value #SLOWLY} is answered with a thousand events, so
 * slowly that it can be left; one that holds {@value #PAUSING} with one word, and a silence before
 * each event.
 */
public final class OpenAiContainer {
  public static final String REPLY = "Hello from the container";
  public static final int INPUT_TOKENS = 11;
  public static final int CACHED_INPUT_TOKENS = 3;
  public static final int OUTPUT_TOKENS = 4;

  /** For each text that is embedded. */
  public static final int EMBEDDING_TOKENS = 7;

  /** The length of every recording and of every video. */
  public static final int SECONDS = 12;

  public static final String SLOWLY = "slowly";
  public static final String PAUSING = "pausing";

  private static final ObjectMapper JSON = new ObjectMapper();

  private OpenAiContainer() {}

  public static FakeContainer start() {
    return FakeContainer.start().behave(new Behaviour.By(OpenAiContainer::answer));
  }

  /** What this container does with a request. */
  public static Behaviour answer(ReceivedRequest request) {
    if (request.target().startsWith("/v1/video/generations/")) {
      return video("completed");
    }
    return switch (request.target()) {
      case "/v1/chat/completions" -> OpenAiChat.answer(json(request));
      case "/v1/embeddings" -> embeddings(json(request));
      case "/v1/images/generations" -> images(json(request));
      case "/v1/audio/speech" -> speech(json(request));
      case "/v1/audio/transcriptions" -> transcription(ReceivedForm.of(request));
      case "/v1/video/generations" -> video("queued");
      default -> new Behaviour.Status(404, "{\"detail\":\"Not Found\"}");
    };
  }

  private static JsonNode json(ReceivedRequest request) {
    try {
      return JSON.readTree(request.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Behaviour embeddings(JsonNode request) {
    int texts = request.path("input").isArray() ? request.path("input").size() : 1;
    boolean base64 = request.path("encoding_format").asText().equals("base64");
    ArrayNode data = JSON.createArrayNode();
    for (int i = 0; i < texts; i++) {
      float[] vector = vector(i);
      data.addObject()
          .put("object", "embedding")
          .put("index", i)
          .set("embedding", base64 ? JSON.valueToTree(base64(vector)) : JSON.valueToTree(vector));
    }
    int tokens = texts * EMBEDDING_TOKENS;
    return new Behaviour.Status(
        200,
        ("{\"object\":\"list\",\"model\":\"%s\",\"data\":%s,"
                + "\"usage\":{\"prompt_tokens\":%d,\"total_tokens\":%d}}")
            .formatted(request.path("model").asText(), data, tokens, tokens));
  }

  /** The embedding of the text at this index, whatever the text. */
  public static float[] vector(int index) {
    return new float[] {index + 1f, 0.5f, -0.25f};
  }

  private static String base64(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static Behaviour images(JsonNode request) {
    String image = Base64.getEncoder().encodeToString(SampleMedia.png());
    if (request.path("stream").asBoolean()) {
      String event =
          "{\"type\":\"image_generation.%s\",\"b64_json\":\"" + image + "\",\"created_at\":1%s}";
      return new Behaviour.Events(
          List.of(
              event.formatted("partial_image", ",\"partial_image_index\":0"),
              event.formatted(
                  "completed",
                  ",\"usage\":{\"total_tokens\":30,\"input_tokens\":20,\"output_tokens\":10}")),
          Duration.ZERO);
    }
    ArrayNode data = JSON.createArrayNode();
    for (int i = 0; i < request.path("n").asInt(1); i++) {
      data.addObject().put("b64_json", image);
    }
    return new Behaviour.Status(200, "{\"created\":1700000000,\"data\":" + data + "}");
  }

  private static Behaviour speech(JsonNode request) {
    return request.path("response_format").asText().equals("wav")
        ? new Behaviour.Content("audio/wav", SampleMedia.wav())
        : new Behaviour.Content("audio/mpeg", SampleMedia.mp3());
  }

  /**
   * What is heard in a file: its SHA-256, so that clients can tell that it came as they sent it.
   */
  private static Behaviour transcription(ReceivedForm form) {
    String text = sha256(form.bytes("file"));
    String usage = "\"usage\":{\"type\":\"duration\",\"seconds\":" + SECONDS + "}";
    if (form.text("stream").equals("true")) {
      return new Behaviour.Events(
          List.of(
              "{\"type\":\"transcript.text.delta\",\"delta\":\"" + text + "\"}",
              "{\"type\":\"transcript.text.done\",\"text\":\"" + text + "\"," + usage + "}"),
          Duration.ZERO);
    }
    return switch (form.text("response_format")) {
      case "verbose_json" ->
          new Behaviour.Status(
              200,
              ("{\"task\":\"transcribe\",\"language\":\"english\",\"duration\":%d.0,"
                      + "\"text\":\"%s\",\"segments\":[]}")
                  .formatted(SECONDS, text));
      case "text", "srt", "vtt" ->
          new Behaviour.Content("text/plain; charset=utf-8", text.getBytes(UTF_8));
      default -> new Behaviour.Status(200, "{\"text\":\"" + text + "\"," + usage + "}");
    };
  }

  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Behaviour video(String status) {
    return new Behaviour.Status(
        200,
        "{\"id\":\"video_1\",\"object\":\"video\",\"status\":\"%s\",\"seconds\":\"%d\"}"
            .formatted(status, SECONDS));
  }
}
