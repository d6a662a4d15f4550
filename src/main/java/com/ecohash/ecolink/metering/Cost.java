package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.money.Money;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an exchange costs: its units by the prices in force when it began, if its end is billed. */
public final class Cost {
  private static final Logger LOG = LoggerFactory.getLogger(Cost.class);

  private Cost() {}

  /**
   * Never throws: an exchange that has ended leaves its record, and a price and a quantity that
   * together are beyond all money are a mistake that nobody is to pay for.
   */
  public static Money of(ExchangeStart start, Ending ending, Units units) {
    if (!ending.isBilled()) {
      return Money.ZERO;
    }
    try {
      return start.rates().charge(units.priced());
    } catch (ArithmeticException e) {
      LOG.error("{} is not charged: {} by {}", start.id(), units, start.rates(), e);
      return Money.ZERO;
    }
  }
}
