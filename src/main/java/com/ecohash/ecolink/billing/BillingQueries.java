package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.metering.UsageFilter;
import java.util.List;
import java.util.Optional;

/** Reads what a bill's page needs beside the ledger and the usage. */
public interface BillingQueries {
  /** What the account has left, what it spends in an hour, and what it was warned of. */
  Standing standing(AccountId account);

  /**
   * The usage records of GPU time, newest first. None has a key, so a filter by key lets none
   * through.
   *
   * @param after the page before this one ended there
   */
  List<GpuPeriod> gpuTime(UsageFilter filter, Optional<GpuPosition> after, int limit);

  /** How many of them there are, counted no further than this. */
  long countGpuTime(UsageFilter filter, int max);
}
