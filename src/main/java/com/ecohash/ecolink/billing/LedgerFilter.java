package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.ids.AccountId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which entries of an account are asked for.
 *
 * @param from entries booked then or later
 * @param to entries booked before
 * @param kinds empty for all
 */
public record LedgerFilter(
    AccountId account, Optional<Instant> from, Optional<Instant> to, Set<LedgerKind> kinds) {
  public LedgerFilter {
    kinds = Set.copyOf(kinds);
  }

  /** All there is of an account. */
  public static LedgerFilter of(AccountId account) {
    return new LedgerFilter(account, Optional.empty(), Optional.empty(), Set.of());
  }
}
