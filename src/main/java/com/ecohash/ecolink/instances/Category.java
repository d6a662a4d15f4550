package com.ecohash.ecolink.instances;

import java.util.Locale;
import java.util.Optional;

/** What an instance serves; each category has one OpenAI-compatible endpoint. */
public enum Category {
  CHAT("/v1/chat/completions"),
  EMBEDDING("/v1/embeddings"),
  IMAGE("/v1/images/generations"),
  AUDIO_SPEECH("/v1/audio/speech"),
  AUDIO_TRANSCRIPTION("/v1/audio/transcriptions"),
  VIDEO("/v1/video/generations");

  private final String endpoint;

  Category(String endpoint) {
    this.endpoint = endpoint;
  }

  /** The path of the unified API, which is also the path called on the container. */
  public String endpoint() {
    return endpoint;
  }

  /** The name on the wire and in the database: {@code audio_speech}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Category> ofWireName(String name) {
    for (Category category : values()) {
      if (category.wireName().equals(name)) {
        return Optional.of(category);
      }
    }
    return Optional.empty();
  }
}
