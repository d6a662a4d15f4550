package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.money.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What an account spends in an hour, as things stand.
 *
 * @param gpu the rates of what runs now
 * @param api the mean of the last hour's exchanges
 */
public record Burn(Money gpu, Money api) {
  public static final Burn NONE = new Burn(Money.ZERO, Money.ZERO);
  private static final int DECIMALS = 2;

  public Money perHour() {
    return Money.capped(
        BigInteger.valueOf(gpu.nanoDollars()).add(BigInteger.valueOf(api.nanoDollars())));
  }

  /** How long the balance lasts, in hours, rounded down; empty if nothing is spent. */
  public Optional<BigDecimal> hoursLeft(Money balance) {
    if (!perHour().isPositive()) {
      return Optional.empty();
    }
    Money positive = balance.isPositive() ? balance : Money.ZERO;
    return Optional.of(
        BigDecimal.valueOf(positive.nanoDollars())
            .divide(BigDecimal.valueOf(perHour().nanoDollars()), DECIMALS, RoundingMode.DOWN));
  }

  /** Whether the balance lasts no longer than this; never if nothing is spent. */
  boolean lastsAtMost(int minutes, Money balance) {
    return perHour().isPositive() && times(balance, 60).compareTo(times(perHour(), minutes)) <= 0;
  }

  private static BigInteger times(Money money, int factor) {
    return BigInteger.valueOf(money.nanoDollars()).multiply(BigInteger.valueOf(factor));
  }
}
