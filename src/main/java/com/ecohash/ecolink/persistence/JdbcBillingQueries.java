package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.BillingQueries;
import com.ecohash.ecolink.billing.GpuPeriod;
import com.ecohash.ecolink.billing.GpuPosition;
import com.ecohash.ecolink.billing.PriceBook;
import com.ecohash.ecolink.billing.Standing;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.metering.UsageFilter;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
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

  /** In one transaction: the page that shows it is the one that is opened most. */
  @Override
  public Standing standing(AccountId account) {
    return database.transaction(
        entityManager ->
            entityManager
                .unwrap(Session.class)
                .doReturningWork(connection -> standing(entityManager, connection, account)));
  }

  private Standing standing(EntityManager entityManager, Connection connection, AccountId account)
      throws SQLException {
    // Most accounts run nothing that is charged by time, and need no prices for it.
    boolean runs = !GpuRunRows.running(connection, account).isEmpty();
    PriceBook prices = runs ? BurnRows.gpuPrices(entityManager) : PriceBook.EMPTY;
    return new Standing(
        AccountRows.balance(connection, account),
        BurnRows.read(connection, account, prices, Times.now(clock)),
        WarningRows.open(connection, account));
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

  @Override
  public long countGpuTime(UsageFilter filter, int max) {
    if (filter.key().isPresent()) {
      return 0;
    }
    return database.transaction(
        entityManager ->
            entityManager
                .unwrap(Session.class)
                .doReturningWork(connection -> GpuPeriodRows.count(connection, filter, max)));
  }
}
