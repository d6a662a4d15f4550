package com.ecohash.ecolink.metering.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.UsageStore;
import com.ecohash.ecolink.money.Money;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A store in memory that keeps its contract, and fails when told to. */
final class FakeUsageStore implements UsageStore {
  private final Map<RequestId, UsageRecord> records = new LinkedHashMap<>();
  private final List<Integer> batchSizes = new ArrayList<>();
  private Consumer<List<UsageRecord>> fault = batch -> {};

  @Override
  public synchronized Map<AccountId, Money> store(List<UsageRecord> batch) {
    batchSizes.add(batch.size());
    fault.accept(batch);
    Map<AccountId, Money> balances = new HashMap<>();
    for (UsageRecord record : batch) {
      UsageRecord known = records.putIfAbsent(record.id(), record);
      assertThat(known).as("an id has one record only").isIn(null, record);
      balances.put(record.start().account(), Money.ZERO);
    }
    return balances;
  }

  /** Called with each batch before it is stored; what it throws, the store throws. */
  synchronized void failWith(Consumer<List<UsageRecord>> newFault) {
    fault = newFault;
  }

  synchronized void work() {
    fault = batch -> {};
  }

  synchronized Map<RequestId, UsageRecord> records() {
    return new LinkedHashMap<>(records);
  }

  synchronized List<Integer> batchSizes() {
    return List.copyOf(batchSizes);
  }

  static RuntimeException away() {
    return new IllegalStateException(
        "no connection", new SQLTransientConnectionException("timed out after 30000 ms"));
  }

  static RuntimeException refused() {
    return new IllegalStateException(
        "rolled back", new SQLException("value too long for type", "22001"));
  }
}
