package com.ecohash.ecolink.gateway;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.testing.FakeContainer;
import com.ecohash.ecolink.testing.OpenAiContainer;
import java.util.EnumMap;
import java.util.Map;

/**
 * A gateway of its own with an account that has a priced instance for each endpoint of the unified
 * API, all of them on one {@link OpenAiContainer}: what other people's clients are tried on.
 */
final class SixEndpoints implements AutoCloseable {
  /** Above it an upload of audio gets 413. */
  static final int UPLOAD_BYTES_MAX = 2 << 20;

  private static final Map<String, String> TOKENS =
      Map.of("input_tokens", "2.00", "cached_input_tokens", "1.00", "output_tokens", "4.00");
  private static final Map<String, String> SECONDS = Map.of("seconds", "0.05");

  private final GatewayProcess process;
  private final FakeContainer container = OpenAiContainer.start();
  private final Tenant tenant;
  private final Map<Category, String> models = new EnumMap<>(Category.class);

  private SixEndpoints(GatewayProcess process) {
    this.process = process;
    this.tenant = Tenant.on(process.gateway());
    for (Category category : Category.values()) {
      models.put(category, tenant.launch(category.wireName(), prices(category), container));
    }
  }

  static SixEndpoints start() {
    return new SixEndpoints(
        GatewayProcess.start(
            Map.of(
                "ecolink.limits.audio-upload",
                Integer.toString(UPLOAD_BYTES_MAX),
                "ecolink.http.sse-keep-alive",
                "100ms")));
  }

  private static Map<String, String> prices(Category category) {
    return switch (category) {
      case CHAT -> TOKENS;
      case EMBEDDING -> Map.of("input_tokens", "2.00");
      case IMAGE -> Map.of("images", "0.04");
      case AUDIO_SPEECH, AUDIO_TRANSCRIPTION, VIDEO -> SECONDS;
    };
  }

  /** What clients call the base URL. */
  String url() {
    return process.gateway().base() + "/v1";
  }

  GatewayProcess process() {
    return process;
  }

  Tenant tenant() {
    return tenant;
  }

  FakeContainer container() {
    return container;
  }

  String model(Category category) {
    String model = models.get(category);
    if (model == null) {
      throw new IllegalStateException("no instance for " + category);
    }
    return model;
  }

  String keyOfOneRequestAMinute() {
    return tenant.post("/api/keys", "{\"name\":\"slow\",\"rate_limit\":1}").path("key").asText();
  }

  @Override
  public void close() {
    container.close();
    process.close();
  }
}
