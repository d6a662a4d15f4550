package com.ecohash.ecolink.money;

import java.util.Locale;
import java.util.Optional;

/** What a price is for, and how many of it one price buys. */
public enum PricedUnit {
  INPUT_TOKENS(1_000_000),
  CACHED_INPUT_TOKENS(1_000_000),
  OUTPUT_TOKENS(1_000_000),
  IMAGES(1),
  /** Seconds of audio or video; quantities are counted in milliseconds. */
  SECONDS(1_000),
  /** GPU-hours; quantities are counted in GPU-seconds. */
  GPU_HOURS(3_600);

  private final long quantityPerPrice;

  PricedUnit(long quantityPerPrice) {
    this.quantityPerPrice = quantityPerPrice;
  }

  /** How many of the counted quantity (tokens, images, milliseconds, GPU-seconds) a price buys. */
  public long quantityPerPrice() {
    return quantityPerPrice;
  }

  /** The name on the wire and in the database: {@code input_tokens}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<PricedUnit> ofWireName(String name) {
    for (PricedUnit unit : values()) {
      if (unit.wireName().equals(name)) {
        return Optional.of(unit);
      }
    }
    return Optional.empty();
  }
}
