package com.ecohash.ecolink.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The chat of an {@link OpenAiContainer}, in the events that vLLM sends. */
final class OpenAiChat {
  private static final Duration SLOW = Duration.ofMillis(20);
  private static final Duration PAUSE = Duration.ofMillis(600);
  private static final String CHUNK =
      "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
          + "\"model\":\"%s\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}";
  private static final String USAGE =
      "{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":%d}}";

  private OpenAiChat() {}

  static Behaviour answer(JsonNode request) {
    String model = request.path("model").asText();
    if (request.path("stream").asBoolean()) {
      boolean usage = request.at("/stream_options/include_usage").asBoolean();
      String asked = request.path("messages").toString();
      if (asked.contains(OpenAiContainer.SLOWLY)) {
        return new Behaviour.Events(chunks(model, "slow ".repeat(1_000), usage), SLOW);
      }
      return asked.contains(OpenAiContainer.PAUSING)
          ? new Behaviour.Events(chunks(model, "Hello", usage), PAUSE)
          : new Behaviour.Events(chunks(model, OpenAiContainer.REPLY, usage), Duration.ZERO);
    }
    return new Behaviour.Status(
        200,
        ("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1700000000,"
                + "\"model\":\"%s\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + "\"content\":\"%s\"},\"finish_reason\":\"stop\"}],\"usage\":%s}")
            .formatted(model, OpenAiContainer.REPLY, usage()));
  }

  private static List<String> chunks(String model, String reply, boolean usage) {
    List<String> chunks = new ArrayList<>();
    chunks.add(CHUNK.formatted(model, "{\"role\":\"assistant\",\"content\":\"\"}", "null"));
    for (String word : reply.split("(?<= )", -1)) {
      chunks.add(CHUNK.formatted(model, "{\"content\":\"" + word + "\"}", "null"));
    }
    chunks.add(CHUNK.formatted(model, "{}", "\"stop\""));
    if (usage) {
      chunks.add(
          "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
              + "\"model\":\"%s\",\"choices\":[],\"usage\":%s}".formatted(model, usage()));
    }
    chunks.add("[DONE]");
    return chunks;
  }

  private static String usage() {
    return USAGE.formatted(
        OpenAiContainer.INPUT_TOKENS,
        OpenAiContainer.OUTPUT_TOKENS,
        OpenAiContainer.INPUT_TOKENS + OpenAiContainer.OUTPUT_TOKENS,
        OpenAiContainer.CACHED_INPUT_TOKENS);
  }
}
