package com.ecohash.ecolink.money;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An amount in US dollars, exact to the nano-dollar (10⁻⁹ USD), from −9.2 to +9.2 billion dollars.
 * Arithmetic that leaves this range throws {@link ArithmeticException}, or stops at the range's end
 * where its name says so; it never wraps.
 */
public record Money(long nanoDollars) implements Comparable<Money> {
  public static final Money ZERO = new Money(0);
  private static final int SCALE = 9;
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  /**
   * Reads a decimal string such as {@code "0.0375"}.
   *
   * @throws IllegalArgumentException if it is no plain decimal number, finer than a nano-dollar, or
   *     out of range
   */
  public static Money parse(String decimal) {
    if (decimal.length() > 40 || !decimal.matches("-?[0-9]+(\\.[0-9]+)?")) {
      throw new IllegalArgumentException(
          "an amount is a decimal string in USD such as \"12.50\": " + abbreviated(decimal));
    }
    try {
      return new Money(new BigDecimal(decimal).movePointRight(SCALE).longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "an amount has at most 9 decimals and lies within 9.2 billion USD: " + decimal, e);
    }
  }

  private static String abbreviated(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  /**
   * The amount, or the end of the range if it lies outside. For what is only shown or compared;
   * what is booked is exact or an error.
   */
  public static Money capped(BigInteger nanoDollars) {
    return new Money(nanoDollars.min(LARGEST).max(LARGEST.negate()).longValueExact());
  }

  public Money plus(Money other) {
    return new Money(Math.addExact(nanoDollars, other.nanoDollars));
  }

  public Money minus(Money other) {
    return new Money(Math.subtractExact(nanoDollars, other.nanoDollars));
  }

  /** The sum, or the end of the range that it lies beyond. */
  public Money plusClamped(Money other) {
    long sum = nanoDollars + other.nanoDollars;
    boolean overflows = ((nanoDollars ^ sum) & (other.nanoDollars ^ sum)) < 0;
    return new Money(overflows ? end(nanoDollars) : sum);
  }

  /** The difference, or the end of the range that it lies beyond. */
  public Money minusClamped(Money other) {
    long difference = nanoDollars - other.nanoDollars;
    boolean overflows = ((nanoDollars ^ other.nanoDollars) & (nanoDollars ^ difference)) < 0;
    return new Money(overflows ? end(nanoDollars) : difference);
  }

  private static long end(long signed) {
    return signed < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  public Money negated() {
    return new Money(Math.negateExact(nanoDollars));
  }

  public boolean isPositive() {
    return nanoDollars > 0;
  }

  public boolean isZero() {
    return nanoDollars == 0;
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(nanoDollars, other.nanoDollars);
  }

  /** The decimal string of the wire: no exponent, no trailing zeros beyond two decimals. */
  @Override
  public String toString() {
    BigDecimal exact = BigDecimal.valueOf(nanoDollars, SCALE).stripTrailingZeros();
    return (exact.scale() < 2 ? exact.setScale(2) : exact).toPlainString();
  }
}
