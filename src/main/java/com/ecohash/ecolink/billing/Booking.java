package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.money.Money;
import java.util.Optional;

/**
 * An entry that somebody asks for.
 *
 * @param idempotencyKey under which it is booked once, however often it is asked for
 */
public record Booking(
    AccountId account,
    LedgerKind kind,
    Money amount,
    String description,
    Optional<String> idempotencyKey) {
  public Booking {
    if (amount.isZero()) {
      throw new IllegalArgumentException("an entry of nothing is none");
    }
  }

  /** Whether the entry is what this would book. */
  public boolean isBookedAs(LedgerEntry entry) {
    return entry.account().equals(account)
        && entry.kind() == kind
        && entry.amount().equals(amount)
        && entry.description().equals(description);
  }
}
