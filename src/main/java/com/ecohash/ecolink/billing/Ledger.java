package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.money.Money;
import java.util.List;
import java.util.Optional;

/**
 * The append-only ledger of every account. The balance always equals the sum of the entries, and
 * each entry has the balance after it. Charges of exchanges do not come this way: {@code
 * UsageStore} books them together with their records.
 */
public interface Ledger {
  /**
   * Books one entry; under an idempotency key, once for all time.
   *
   * @throws ArithmeticException if the balance leaves {@link Money}'s range
   */
  Posting post(Booking booking);

  /** The balance; zero for an account that is not there. */
  Money balance(AccountId account);

  /**
   * The entries, newest first.
   *
   * @param before only entries older than the one of this id
   */
  List<LedgerEntry> entries(LedgerFilter filter, Optional<Long> before, int limit);

  /** All of an account, newest first. */
  default List<LedgerEntry> entries(AccountId account, Optional<Long> before, int limit) {
    return entries(LedgerFilter.of(account), before, limit);
  }

  /** How many entries there are, counted no further than this. */
  long count(LedgerFilter filter, int max);
}
