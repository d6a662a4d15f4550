package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import java.time.Instant;

/** One version of one price; a later version does not change what was charged before it. */
public record Price(PriceSubject subject, PricedUnit unit, Money amount, Instant effectiveFrom) {
  public Price {
    if (amount.nanoDollars() < 0) {
      throw new IllegalArgumentException("a price is not negative");
    }
  }
}
