package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.GpuPeriod;
import com.ecohash.ecolink.billing.GpuRun;
import com.ecohash.ecolink.money.Money;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Follows the GPU periods of an account's runs: each begins where the one before ended, costs what
 * it must, and the last ends where the run says that it is charged to. And what runs has a run.
 */
final class GpuCheck {
  private static final String RUNS =
      "select replica_id, instance_id, account_id, region_id, gpu_type, gpus, begin_at, end_at,"
          + " settled_until, settled from gpu_run where account_id = ?";
  private static final String PERIODS =
      "select begin_at, seconds, rate_nanos, cost_nanos from gpu_period"
          + " where replica_id = ? and run_begin_at = ? order by begin_at";
  private static final String STRAYS =
      "select p.replica_id, p.begin_at from gpu_period p where p.account_id = ? and not exists"
          + " (select 1 from gpu_run r where r.replica_id = p.replica_id"
          + " and r.begin_at = p.run_begin_at)";
  private static final String UNNOTED =
      "select r.id, i.id from replica r join instance i on i.id = r.instance_id"
          + " where i.account_id = ? and i.mode = 'custom' and i.state = 'running' and not exists"
          + " (select 1 from gpu_run g where g.replica_id = r.id and g.end_at is null)";
  private static final String OVERDUE =
      "select g.replica_id, i.id from gpu_run g join instance i on i.id = g.instance_id"
          + " where g.account_id = ? and not g.settled and g.end_at is null"
          + " and i.state <> 'running'";

  private final Connection connection;
  private final long account;
  private final Findings findings;

  GpuCheck(Connection connection, long account, Findings findings) {
    this.connection = connection;
    this.account = account;
    this.findings = findings;
  }

  void check() throws SQLException {
    try (PreparedStatement query = Reconciliation.streaming(connection, RUNS)) {
      query.setLong(1, account);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          check(GpuRunRows.run(row), row.getBoolean(10));
        }
      }
    }
    strangers(STRAYS, "replica %s: the GPU period of %s belongs to no run");
    strangers(UNNOTED, "replica %s: instance %s runs, but nothing notes how long");
    strangers(OVERDUE, "replica %s: it is charged on, though instance %s does not run");
  }

  private void check(GpuRun run, boolean settled) throws SQLException {
    Instant next = run.begin();
    try (PreparedStatement query = connection.prepareStatement(PERIODS)) {
      new Parameters(query).number(run.replica().value()).time(run.begin());
      query.setFetchSize(Reconciliation.FETCH);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          findings.gpuPeriod();
          Instant begin = row.getObject(1, OffsetDateTime.class).toInstant();
          GpuPeriod period = new GpuPeriod(run, begin, row.getLong(2), new Money(row.getLong(3)));
          check(period, next, new Money(row.getLong(4)));
          next = period.end();
        }
      }
    }
    if (run.gpus() > 0 && !next.equals(run.settledUntil())) {
      differs(run, "it is charged to " + next + ", but noted as charged to " + run.settledUntil());
    }
    if (settled && !run.end().equals(java.util.Optional.of(run.settledUntil()))) {
      differs(run, "it is noted as charged, but not to its end");
    }
  }

  private void check(GpuPeriod period, Instant expectedBegin, Money cost) {
    if (!period.begin().equals(expectedBegin)) {
      differs(
          period.run(),
          "a GPU period begins at " + period.begin() + " where " + expectedBegin + " was due");
    }
    if (!period.cost().equals(cost)) {
      differs(
          period.run(),
          "the GPU period of " + period.begin() + " costs " + cost + ", not " + period.cost());
    }
  }

  private void differs(GpuRun run, String what) {
    findings.differs(
        "Account %d, instance %s, replica %s: %s."
            .formatted(account, run.instance(), run.replica(), what));
  }

  private void strangers(String sql, String sentence) throws SQLException {
    try (PreparedStatement query = Reconciliation.streaming(connection, sql)) {
      query.setLong(1, account);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          findings.differs(
              "Account "
                  + account
                  + ", "
                  + sentence.formatted(row.getString(1), row.getString(2))
                  + ".");
        }
      }
    }
  }
}
