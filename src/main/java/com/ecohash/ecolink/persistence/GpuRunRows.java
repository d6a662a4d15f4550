package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.GpuRun;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.ReplicaId;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code gpu_run}. Whoever changes an instance's state says here when it began to run
 * and when it stopped, in the same transaction; its row is locked before its runs are.
 */
final class GpuRunRows {
  private static final String BEGIN =
      "insert into gpu_run (replica_id, begin_at, instance_id, account_id, region_id, gpu_type,"
          + " gpus, settled_until)"
          + " select r.id, cast(? as timestamp(6) with time zone), i.id, i.account_id, r.region_id,"
          + " coalesce(i.gpu_type, ''), i.gpu_count, cast(? as timestamp(6) with time zone)"
          + " from replica r join instance i on i.id = r.instance_id"
          + " where i.id = ? and i.mode = 'custom' and i.state = 'running' and not exists (select 1 from gpu_run g"
          + " where g.instance_id = i.id and g.replica_id = r.id and g.end_at is null)";
  private static final String FORGET_EMPTY =
      "delete from gpu_run where instance_id = ? and end_at is null and begin_at >= ?"
          + " and settled_until <= begin_at";
  private static final String END =
      "update gpu_run set end_at = greatest(settled_until, cast(? as timestamp(6) with time zone))"
          + " where instance_id = ? and end_at is null";
  private static final String COLUMNS =
      "select replica_id, instance_id, account_id, region_id, gpu_type, gpus, begin_at, end_at,"
          + " settled_until from gpu_run";
  private static final String UNSETTLED =
      COLUMNS + " where not settled and account_id = ? order by replica_id, begin_at for update";
  private static final String RUNNING =
      COLUMNS + " where not settled and account_id = ? and end_at is null";
  private static final String SETTLE =
      "update gpu_run set settled_until = ?, settled = ? where replica_id = ? and begin_at = ?";
  private static final String ACCOUNTS =
      "select distinct account_id from gpu_run where not settled order by account_id";

  private GpuRunRows() {}

  /** The instance runs from now on; of mode {@code openai}, nothing is noted. */
  static void begin(EntityManager entityManager, long instance, Instant now) {
    entityManager.flush();
    entityManager
        .unwrap(Session.class)
        .doWork(
            connection -> {
              Instant second = now.truncatedTo(ChronoUnit.SECONDS);
              try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
                new Parameters(statement).time(second).time(second).number(instance);
                statement.executeUpdate();
              }
            });
  }

  /** The instance runs no longer; one that did not run stays as it is. */
  static void end(EntityManager entityManager, long instance, Instant now) {
    entityManager
        .unwrap(Session.class)
        .doWork(connection -> end(connection, instance, now.truncatedTo(ChronoUnit.SECONDS)));
  }

  private static void end(Connection connection, long instance, Instant second)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FORGET_EMPTY)) {
      new Parameters(statement).number(instance).time(second);
      statement.executeUpdate();
    }
    try (PreparedStatement statement = connection.prepareStatement(END)) {
      new Parameters(statement).time(second).number(instance);
      statement.executeUpdate();
    }
  }

  /** The accounts that have something to be charged, or that runs. */
  static List<AccountId> accounts(Connection connection) throws SQLException {
    List<AccountId> accounts = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(ACCOUNTS);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        accounts.add(new AccountId(rows.getLong(1)));
      }
    }
    return accounts;
  }

  /** Locks and reads what is not charged to its end. */
  static List<GpuRun> lockUnsettled(Connection connection, AccountId account) throws SQLException {
    return read(connection, UNSETTLED, account);
  }

  static List<GpuRun> running(Connection connection, AccountId account) throws SQLException {
    return read(connection, RUNNING, account);
  }

  private static List<GpuRun> read(Connection connection, String sql, AccountId account)
      throws SQLException {
    List<GpuRun> runs = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, account.value());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          runs.add(run(rows));
        }
      }
    }
    return runs;
  }

  /** The run in the first nine columns of a row. */
  static GpuRun run(ResultSet row) throws SQLException {
    @Nullable OffsetDateTime end = row.getObject(8, OffsetDateTime.class);
    return new GpuRun(
        new ReplicaId(row.getLong(1)),
        new InstanceId(row.getLong(2)),
        new AccountId(row.getLong(3)),
        new RegionId(row.getString(4)),
        row.getString(5),
        row.getInt(6),
        row.getObject(7, OffsetDateTime.class).toInstant(),
        Optional.ofNullable(end).map(OffsetDateTime::toInstant),
        row.getObject(9, OffsetDateTime.class).toInstant());
  }

  /** Notes how far each run is charged, up to this moment or to its end. */
  static void settle(Connection connection, List<GpuRun> runs, Instant until) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SETTLE)) {
      Parameters row = new Parameters(statement);
      for (GpuRun run : runs) {
        row.time(run.chargeableUntil(until))
            .flag(run.end().isPresent())
            .number(run.replica().value())
            .time(run.begin())
            .addBatch();
      }
      statement.executeBatch();
    }
  }
}
