package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.UsageFilter;
import com.ecohash.ecolink.metering.UsageGroup;
import com.ecohash.ecolink.metering.UsageGrouping;
import com.ecohash.ecolink.metering.UsagePosition;
import com.ecohash.ecolink.metering.UsageQueries;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.UsageSum;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/** Reads usage records and roll-ups. */
public final class JpaUsageQueries implements UsageQueries {
  private final Database database;

  public JpaUsageQueries(Database database) {
    this.database = database;
  }

  @Override
  public Optional<UsageRecord> find(AccountId account, RequestId id) {
    return database.transaction(
        entityManager ->
            Optional.ofNullable(entityManager.find(UsageRecordEntity.class, id.value()))
                .map(UsageRecordEntity::toUsageRecord)
                .filter(record -> record.start().account().equals(account)));
  }

  @Override
  public List<UsageRecord> list(UsageFilter filter, Optional<UsagePosition> after, int limit) {
    Conditions conditions =
        new Conditions()
            .and("accountId = :account", "account", filter.account().value())
            .and("startedAt >= :from", "from", filter.from())
            .and("startedAt < :to", "to", filter.to())
            .and("instanceId = :instance", "instance", filter.instance().map(id -> id.value()))
            .and("keyId = :key", "key", filter.key().map(id -> id.value()))
            .and("startedAt <= :last", "last", after.map(UsagePosition::startedAt))
            .and(
                "(startedAt < :last or requestId < :lastId)",
                "lastId",
                after.map(position -> position.id().value()));
    return database.transaction(
        entityManager ->
            conditions
                .bind(
                    entityManager.createQuery(
                        "from UsageRecordEntity"
                            + conditions
                            + " order by startedAt desc, requestId desc",
                        UsageRecordEntity.class))
                .setMaxResults(limit)
                .getResultStream()
                .map(UsageRecordEntity::toUsageRecord)
                .toList());
  }

  @Override
  public List<UsageSum> sums(
      UsageFilter filter, List<UsageGrouping> by, Optional<UsageGroup> after, int limit) {
    return database.transaction(
        entityManager ->
            entityManager
                .unwrap(Session.class)
                .doReturningWork(
                    connection -> new RollupSums(filter, by).read(connection, after, limit)));
  }

  @Override
  public UsageSum total(UsageFilter filter) {
    return sums(filter, List.of(), Optional.empty(), 1).get(0);
  }
}
