package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.metering.ImageSize;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import java.time.Instant;
import java.util.Optional;

/**
 * One version of one price; a later version does not change what was charged before it.
 *
 * @param size of images: the one it is for, where it goes before the price for all
 */
public record Price(
    PriceSubject subject,
    PricedUnit unit,
    Optional<ImageSize> size,
    Money amount,
    Instant effectiveFrom) {
  public Price {
    if (amount.nanoDollars() < 0) {
      throw new IllegalArgumentException("a price is not negative");
    }
    if (size.isPresent() && unit != PricedUnit.IMAGES) {
      throw new IllegalArgumentException("only images have a size");
    }
  }

  /** A price for every size. */
  public Price(PriceSubject subject, PricedUnit unit, Money amount, Instant effectiveFrom) {
    this(subject, unit, Optional.empty(), amount, effectiveFrom);
  }
}
