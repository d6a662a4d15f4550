package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.RequestId;
import java.util.List;
import java.util.Optional;

/** Reads what was stored. Sums come from roll-ups; raw records are never summed. */
public interface UsageQueries {
  /** The record of one of the account's exchanges, once it was drained into the store. */
  Optional<UsageRecord> find(AccountId account, RequestId id);

  /**
   * Records, newest first.
   *
   * @param after the page before this one ended there
   */
  List<UsageRecord> list(UsageFilter filter, Optional<UsagePosition> after, int limit);

  /**
   * Sums, a row for each group that has any usage, ordered by what is grouped by: days in order,
   * instances and keys by id.
   *
   * @param by one or more, each once
   * @param after the rows before ended there
   */
  List<UsageSum> sums(
      UsageFilter filter, List<UsageGrouping> by, Optional<UsageGroup> after, int limit);

  /** The sum of everything the filter lets through. */
  UsageSum total(UsageFilter filter);
}
