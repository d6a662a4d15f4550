package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.BalanceWarning;
import com.ecohash.ecolink.billing.BillingQueries;
import com.ecohash.ecolink.billing.Burn;
import com.ecohash.ecolink.billing.GpuPeriod;
import com.ecohash.ecolink.billing.GpuPosition;
import com.ecohash.ecolink.billing.PriceBook;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.metering.UsageFilter;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/** What a bill's page reads beside the ledger and the usage, from the database. */
public final class JdbcBillingQueries implements BillingQueries {
  private final Database database;
  private final Clock clock;

  public JdbcBillingQueries(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Burn burn(AccountId account) {
    return database.transaction(
        entityManager -> {
          PriceBook prices = BurnRows.gpuPrices(entityManager);
          return entityManager
              .unwrap(Session.class)
              .doReturningWork(
                  connection -> BurnRows.read(connection, account, prices, Times.now(clock)));
        });
  }

  @Override
  public List<BalanceWarning> warnings(AccountId account) {
    return database.transaction(
        entityManager ->
            entityManager
                .unwrap(Session.class)
                .doReturningWork(connection -> WarningRows.open(connection, account)));
  }

  @Override
  public List<GpuPeriod> gpuTime(UsageFilter filter, Optional<GpuPosition> after, int limit) {
    if (filter.key().isPresent()) {
      return List.of();
    }
    return database.transaction(
        entityManager ->
            entityManager
                .unwrap(Session.class)
                .doReturningWork(
                    connection -> GpuPeriodRows.list(connection, filter, after, limit)));
  }
}
