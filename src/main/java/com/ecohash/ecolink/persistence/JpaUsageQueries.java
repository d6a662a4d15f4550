package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.UsageFilter;
import com.ecohash.ecolink.metering.UsageGrouping;
import com.ecohash.ecolink.metering.UsagePosition;
import com.ecohash.ecolink.metering.UsageQueries;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.UsageSum;
import com.ecohash.ecolink.money.Money;
import jakarta.persistence.Tuple;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Reads usage records and roll-ups. */
public final class JpaUsageQueries implements UsageQueries {
  private static final String SUMS =
      "sum(requests), sum(errors), sum(inputTokens), sum(cachedInputTokens), sum(outputTokens),"
          + " sum(reasoningTokens), sum(images), sum(milliseconds), sum(costNanos)"
          + " from UsageRollupEntity";

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
  public List<UsageSum> sums(UsageFilter filter, UsageGrouping grouping, int limit) {
    String group =
        switch (grouping) {
          case DAY -> "dayUtc";
          case INSTANCE -> "id.instanceId";
          case KEY -> "id.keyId";
        };
    Conditions conditions = rollups(filter);
    return database.transaction(
        entityManager ->
            conditions
                .bind(
                    entityManager.createQuery(
                        "select "
                            + group
                            + ", "
                            + SUMS
                            + conditions
                            + " group by "
                            + group
                            + " order by "
                            + group,
                        Tuple.class))
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> sum(groupName(row.get(0), grouping), row))
                .toList());
  }

  private static String groupName(Object group, UsageGrouping grouping) {
    boolean noKey = grouping == UsageGrouping.KEY && group.equals(Rollup.NO_KEY);
    return noKey ? "none" : group.toString();
  }

  @Override
  public UsageSum total(UsageFilter filter) {
    Conditions conditions = rollups(filter);
    return database.transaction(
        entityManager ->
            sum(
                "total",
                conditions
                    .bind(entityManager.createQuery("select 0, " + SUMS + conditions, Tuple.class))
                    .getSingleResult()));
  }

  private static Conditions rollups(UsageFilter filter) {
    return new Conditions()
        .and("id.accountId = :account", "account", filter.account().value())
        .and(
            "id.hourStart >= :from",
            "from",
            filter.from().map(time -> time.truncatedTo(ChronoUnit.HOURS)))
        .and("id.hourStart < :to", "to", filter.to())
        .and("id.instanceId = :instance", "instance", filter.instance().map(id -> id.value()))
        .and("id.keyId = :key", "key", filter.key().map(id -> id.value()));
  }

  private static UsageSum sum(String group, Tuple row) {
    return new UsageSum(
        group,
        number(row, 1),
        number(row, 2),
        number(row, 3),
        number(row, 4),
        number(row, 5),
        number(row, 6),
        number(row, 7),
        number(row, 8),
        new Money(number(row, 9)));
  }

  private static long number(Tuple row, int column) {
    return row.get(column) instanceof Long sum ? sum : 0; // the sum of no rows is null
  }
}
