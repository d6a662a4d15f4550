package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.money.PricedUnit;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one exchange used. Cached input tokens are part of the input tokens, and reasoning tokens
 * part of the output tokens, as in OpenAI's {@code usage}.
 *
 * @param milliseconds of audio or video
 */
public record Units(
    long inputTokens,
    long cachedInputTokens,
    long outputTokens,
    long reasoningTokens,
    long images,
    long milliseconds,
    UnitsSource source) {
  public static final Units NONE = new Units(0, 0, 0, 0, 0, 0, UnitsSource.REPORTED);

  public Units {
    if ((inputTokens | cachedInputTokens | outputTokens | reasoningTokens | images | milliseconds)
            < 0
        || cachedInputTokens > inputTokens) {
      throw new IllegalArgumentException("units are not negative, and cached ones are part of all");
    }
  }

  public static Units tokens(
      long input, long cachedInput, long output, long reasoning, UnitsSource source) {
    return new Units(input, cachedInput, output, reasoning, 0, 0, source);
  }

  /** These units and so many images, from the source that the images come from. */
  public Units withImages(long count, UnitsSource from) {
    return new Units(
        inputTokens, cachedInputTokens, outputTokens, reasoningTokens, count, milliseconds, from);
  }

  /** These units and so much audio or video, from the source that this comes from. */
  public Units withDuration(Duration length, UnitsSource from) {
    return new Units(
        inputTokens,
        cachedInputTokens,
        outputTokens,
        reasoningTokens,
        images,
        length.toMillis(),
        from);
  }

  /** The quantities that prices apply to, each input token counted once. */
  public Map<PricedUnit, Long> priced() {
    Map<PricedUnit, Long> quantities = new EnumMap<>(PricedUnit.class);
    put(quantities, PricedUnit.INPUT_TOKENS, inputTokens - cachedInputTokens);
    put(quantities, PricedUnit.CACHED_INPUT_TOKENS, cachedInputTokens);
    put(quantities, PricedUnit.OUTPUT_TOKENS, outputTokens);
    put(quantities, PricedUnit.IMAGES, images);
    put(quantities, PricedUnit.SECONDS, milliseconds);
    return quantities;
  }

  private static void put(Map<PricedUnit, Long> quantities, PricedUnit unit, long quantity) {
    if (quantity > 0) {
      quantities.put(unit, quantity);
    }
  }
}
