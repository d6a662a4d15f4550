package com.ecohash.ecolink.openai;

import java.math.BigDecimal;
import java.util.Optional;

/** Numbers that somebody else wrote, as a number or as a text: {@code 4.5}, {@code "4.5"}. */
public final class Decimal {
  private static final int CHARS_MAX = 32;

  /** Beyond these an exponent makes arithmetic a matter of minutes. */
  private static final int EXPONENT_MAX = 30;

  private Decimal() {}

  /** The number; empty if it is none, negative or absurd. */
  public static Optional<BigDecimal> parse(String text) {
    if (text.isEmpty() || text.length() > CHARS_MAX) {
      return Optional.empty();
    }
    try {
      BigDecimal number = new BigDecimal(text);
      boolean sane = number.signum() >= 0 && Math.abs(number.scale()) <= EXPONENT_MAX;
      return sane ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
