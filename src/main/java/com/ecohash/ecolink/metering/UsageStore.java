package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.money.Money;
import java.util.List;
import java.util.Map;

/** Where drained records go: the database. */
public interface UsageStore {
  /**
   * Stores the records and books their costs, all in one transaction. A record whose request id is
   * stored already is passed over: neither stored nor charged again.
   *
   * @return the balance after it of every account that was charged
   * @throws RuntimeException if nothing was stored, for example because the database is away; the
   *     same batch will be handed over again
   */
  Map<AccountId, Money> store(List<UsageRecord> batch);
}
