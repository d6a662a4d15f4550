package com.ecohash.ecolink.metering.journal;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.UsageStore;
import com.ecohash.ecolink.money.Money;
import java.util.List;
import java.util.Map;

/** Hears what has reached the store. */
public interface DrainListener {
  DrainListener NONE = (batch, balances) -> {};

  /**
   * Called in the drain's thread after each successful {@link UsageStore#store}, once for every
   * record that was appended to the journal or found in it at the start. An exception is logged and
   * stops nothing.
   *
   * @param batch what was handed to the store, the records that it had already included
   * @param balances what the store answered: accounts of passed-over records may be missing
   */
  void stored(List<UsageRecord> batch, Map<AccountId, Money> balances);
}
