package com.ecohash.ecolink.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;

/**
 * The prices in force for one exchange, by unit. Immutable; a unit without a price costs nothing,
 * but cached input tokens without a price of their own cost what input tokens cost.
 */
public record Rates(Map<PricedUnit, Money> prices) {
  public static final Rates FREE = new Rates(Map.of());

  public Rates {
    prices = Map.copyOf(prices);
  }

  /**
   * What these quantities cost: the exact sum, rounded once, half up, to the nano-dollar.
   *
   * @param quantities counted as {@link PricedUnit#quantityPerPrice} says
   * @throws ArithmeticException if the sum is out of {@link Money}'s range
   */
  public Money charge(Map<PricedUnit, Long> quantities) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Map.Entry<PricedUnit, Long> entry : new EnumMap<>(quantities).entrySet()) {
      Money price = priceOf(entry.getKey());
      // A thousand-fold finer grain than the nano-dollar divides exactly by none of the quantities
      // in general, so the division waits: all are multiples of 1/3,600,000,000 of a nano-dollar.
      sum =
          sum.add(
              BigDecimal.valueOf(price.nanoDollars())
                  .multiply(BigDecimal.valueOf(entry.getValue()))
                  .multiply(BigDecimal.valueOf(COMMON / entry.getKey().quantityPerPrice())));
    }
    return new Money(
        sum.divide(BigDecimal.valueOf(COMMON), 0, RoundingMode.HALF_UP).longValueExact());
  }

  /** A common multiple of all {@link PricedUnit#quantityPerPrice}: 10⁶ × 9. */
  private static final long COMMON = 9_000_000;

  private Money priceOf(PricedUnit unit) {
    Money price = prices.get(unit);
    if (price == null && unit == PricedUnit.CACHED_INPUT_TOKENS) {
      price = prices.get(PricedUnit.INPUT_TOKENS);
    }
    return price == null ? Money.ZERO : price;
  }
}
