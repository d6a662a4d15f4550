package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.metering.UsageFilter;
import java.util.List;
import java.util.Optional;

/** Reads what a bill's page needs beside the ledger and the usage. */
public interface BillingQueries {
  /** What the account spends in an hour, as things stand. */
  Burn burn(AccountId account);

  /** The warnings that were not cleared yet, newest first; some may stand no longer. */
  List<BalanceWarning> warnings(AccountId account);

  /**
   * The usage records of GPU time, newest first. None has a key, so a filter by key lets none
   * through.
   *
   * @param after the page before this one ended there
   */
  List<GpuPeriod> gpuTime(UsageFilter filter, Optional<GpuPosition> after, int limit);
}
