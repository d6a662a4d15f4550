package com.ecohash.ecolink.openai;

import java.util.Optional;

/**
 * What a container says an exchange used, in tokens. Cached ones are part of the input, reasoning
 * ones part of the output. It never holds an absurd number: a report with one is no report.
 */
public record TokenUsage(
    long inputTokens, long cachedInputTokens, long outputTokens, long reasoningTokens) {
  public TokenUsage {
    if (cachedInputTokens < 0 || cachedInputTokens > inputTokens) {
      throw new IllegalArgumentException(cachedInputTokens + " cached of " + inputTokens);
    }
    if (reasoningTokens < 0 || reasoningTokens > outputTokens) {
      throw new IllegalArgumentException(reasoningTokens + " reasoning of " + outputTokens);
    }
  }

  /**
   * Reads the bytes of a {@code usage} object: OpenAI's {@code prompt_tokens} and {@code
   * completion_tokens} or the newer {@code input_tokens} and {@code output_tokens}, with their
   * {@code _details}. Without a count of the input, or with a negative, fractional or huge number,
   * it is empty; details larger than their whole are cut to it.
   */
  public static Optional<TokenUsage> parse(byte[] b, int off, int len) {
    return UsageJson.parse(b, off, len);
  }
}
