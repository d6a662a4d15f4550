package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.UsageStore;
import com.ecohash.ecolink.money.Money;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hibernate.Session;

/**
 * Stores batches of usage records: records, ledger entries, balances and roll-ups in one
 * transaction of few statements, past the entities, because this runs beside the traffic it
 * accounts for.
 *
 * <p>The accounts' rows are locked first, in the order of their ids, so two nodes never wait for
 * each other; all that is read and written after belongs to locked accounts, so no other node can
 * store the same request or touch the same roll-up meanwhile.
 */
public final class JdbcUsageStore implements UsageStore {
  private final Database database;
  private final Clock clock;

  public JdbcUsageStore(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Map<AccountId, Money> store(List<UsageRecord> batch) {
    Map<RequestId, UsageRecord> distinct = new LinkedHashMap<>();
    batch.forEach(record -> distinct.putIfAbsent(record.id(), record));
    if (distinct.isEmpty()) {
      return Map.of();
    }
    return database.transaction(entityManager -> store(entityManager, distinct));
  }

  private Map<AccountId, Money> store(
      EntityManager entityManager, Map<RequestId, UsageRecord> batch) {
    Map<AccountId, Money> before = new TreeMap<>(AccountRows.BY_ID);
    Map<AccountId, Money> after = new TreeMap<>(AccountRows.BY_ID);
    entityManager
        .unwrap(Session.class)
        .doWork(connection -> store(connection, batch, before, after));
    if (anyRanDry(before, after)) {
      Database.bumpCatalogVersion(entityManager);
    }
    after.keySet().retainAll(charged(batch.values()));
    return after;
  }

  private void store(
      Connection connection,
      Map<RequestId, UsageRecord> batch,
      Map<AccountId, Money> before,
      Map<AccountId, Money> after)
      throws SQLException {
    before.putAll(AccountRows.lock(connection, accounts(batch.values())));
    after.putAll(before);
    List<UsageRecord> fresh = withoutStored(connection, batch);
    UsageRecordRows.insert(connection, fresh);
    LedgerRows.book(connection, fresh, after, Times.now(clock));
    AccountRows.update(connection, before, after);
    RollupRows.add(connection, fresh);
  }

  private static List<UsageRecord> withoutStored(
      Connection connection, Map<RequestId, UsageRecord> batch) throws SQLException {
    Set<String> stored = UsageRecordRows.stored(connection, batch.keySet());
    return batch.values().stream().filter(record -> !stored.contains(record.id().value())).toList();
  }

  private static Set<AccountId> accounts(Collection<UsageRecord> records) {
    return records.stream().map(record -> record.start().account()).collect(Collectors.toSet());
  }

  /** Those charged in this batch, or in an earlier attempt at it whose end nobody heard. */
  private static Set<AccountId> charged(Collection<UsageRecord> records) {
    return records.stream()
        .filter(record -> !record.cost().isZero())
        .map(record -> record.start().account())
        .collect(Collectors.toSet());
  }

  /**
   * Other nodes read balances with the catalog. Raising its version with every batch would have all
   * of them read it all the time, so only the one moment counts at which an account may no longer
   * call.
   */
  private static boolean anyRanDry(Map<AccountId, Money> before, Map<AccountId, Money> after) {
    return before.entrySet().stream()
        .anyMatch(
            entry ->
                entry.getValue().isPositive()
                    && !after.getOrDefault(entry.getKey(), Money.ZERO).isPositive());
  }
}
