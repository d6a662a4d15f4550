package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.Reconciled;
import com.ecohash.ecolink.billing.Reconciler;
import com.ecohash.ecolink.money.Money;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * Compares usage records, GPU periods, roll-ups, ledger and balances, account by account, in one
 * read-only transaction that sees the database as it was at its begin. It blocks nobody, and its
 * memory does not grow with the number of records.
 */
public final class Reconciliation implements Reconciler {
  static final int FETCH = 1_000;

  /** H2's own level, as its {@code REPEATABLE READ} is weaker than PostgreSQL's. */
  private static final int H2_SNAPSHOT = 6;

  private static final String ACCOUNTS =
      "select id, balance_nanos from account where id > ? order by id fetch first 500 rows only";
  private static final String NOBODYS =
      "select distinct account_id from usage_day u where not exists"
          + " (select 1 from account a where a.id = u.account_id)";

  /** Where connections come from; a {@link Database} or a process that has none. */
  private interface Source {
    Connection connect() throws SQLException;
  }

  private final Source source;

  private Reconciliation(Source source) {
    this.source = source;
  }

  public static Reconciliation of(Database database) {
    return new Reconciliation(() -> database.connections().getConnection());
  }

  /** Without a pool, and without touching the schema: for a process that does nothing else. */
  public static Reconciliation of(DatabaseSettings settings) {
    return new Reconciliation(
        () -> {
          Properties properties = new Properties();
          properties.setProperty("user", settings.user());
          properties.setProperty("password", settings.password());
          String existing = settings.isEmbedded() ? ";IFEXISTS=TRUE" : "";
          return DriverManager.getConnection(settings.url() + existing, properties);
        });
  }

  @Override
  public Reconciled reconcile(Consumer<String> differences) {
    Findings findings = new Findings(differences);
    try (Connection connection = source.connect()) {
      boolean autoCommit = connection.getAutoCommit();
      int isolation = connection.getTransactionIsolation();
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(snapshot(connection));
      try {
        check(connection, findings);
      } finally {
        connection.rollback();
        connection.setTransactionIsolation(isolation);
        connection.setAutoCommit(autoCommit);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the database could not be read: " + e.getMessage(), e);
    }
    return findings.result();
  }

  private static int snapshot(Connection connection) throws SQLException {
    return connection.getMetaData().getURL().startsWith("jdbc:h2:")
        ? H2_SNAPSHOT
        : Connection.TRANSACTION_REPEATABLE_READ;
  }

  /** A statement whose rows are fetched as they are read. */
  static PreparedStatement streaming(Connection connection, String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setFetchSize(FETCH);
    return statement;
  }

  private static void check(Connection connection, Findings findings) throws SQLException {
    long last = 0;
    Map<Long, Money> page;
    do {
      page = accounts(connection, last);
      for (Map.Entry<Long, Money> account : page.entrySet()) {
        check(connection, account.getKey(), account.getValue(), findings);
        last = account.getKey();
      }
    } while (!page.isEmpty());
    for (long nobody : nobodys(connection)) {
      findings.differs("There is usage of account " + nobody + ", which does not exist.");
    }
  }

  private static Map<Long, Money> accounts(Connection connection, long after) throws SQLException {
    Map<Long, Money> balances = new LinkedHashMap<>();
    try (PreparedStatement query = connection.prepareStatement(ACCOUNTS)) {
      query.setLong(1, after);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          balances.put(rows.getLong(1), new Money(rows.getLong(2)));
        }
      }
    }
    return balances;
  }

  private static List<Long> nobodys(Connection connection) throws SQLException {
    List<Long> accounts = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(NOBODYS);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        accounts.add(rows.getLong(1));
      }
    }
    return accounts;
  }

  private static void check(Connection connection, long account, Money balance, Findings findings)
      throws SQLException {
    findings.account();
    LedgerCheck ledger = new LedgerCheck(findings);
    ledger.check(connection, account, balance);
    UsageCheck usage = new UsageCheck(connection, account, findings);
    usage.check();
    new GpuCheck(connection, account, findings).check();
    compare(findings, account, "exchanges", ledger.apiCharges(), usage.apiCosts());
    compare(findings, account, "GPU time", ledger.gpuCharges(), usage.gpuCosts());
  }

  private static void compare(
      Findings findings, long account, String what, Money charged, Money cost) {
    if (!charged.equals(cost)) {
      findings.differs(
          "Account %d: the ledger charged %s for %s, but their records cost %s."
              .formatted(account, charged, what, cost));
    }
  }
}
