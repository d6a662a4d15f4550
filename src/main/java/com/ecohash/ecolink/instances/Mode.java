package com.ecohash.ecolink.instances;

/** What a container speaks. */
public enum Mode {
  /** The OpenAI endpoints of its category: reached through the unified API. */
  OPENAI,
  /** Anything else: reached through its custom API path. */
  CUSTOM
}
