package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.GpuPeriod;
import com.ecohash.ecolink.billing.GpuPosition;
import com.ecohash.ecolink.billing.GpuRun;
import com.ecohash.ecolink.metering.UsageFilter;
import com.ecohash.ecolink.money.Money;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of {@code gpu_period}: written once, never changed. */
final class GpuPeriodRows {
  private static final String INSERT =
      "insert into gpu_period (replica_id, begin_at, run_begin_at, instance_id, account_id,"
          + " region_id, gpu_type, gpus, seconds, rate_nanos, cost_nanos, booked_at)"
          + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String LIST =
      "select p.replica_id, p.instance_id, p.account_id, p.region_id, p.gpu_type, p.gpus,"
          + " p.run_begin_at, r.end_at, r.settled_until, p.begin_at, p.seconds, p.rate_nanos"
          + " from gpu_period p join gpu_run r"
          + " on r.replica_id = p.replica_id and r.begin_at = p.run_begin_at"
          + " where ";
  private static final String COUNT =
      "select count(*) from (select 1 as one from gpu_period p where ";
  private static final String ORDER =
      " order by p.begin_at desc, p.replica_id desc fetch first ? rows only";

  private GpuPeriodRows() {}

  static List<GpuPeriod> list(
      Connection connection, UsageFilter filter, Optional<GpuPosition> after, int limit)
      throws SQLException {
    String sql =
        LIST
            + conditions(filter)
            + (after.isPresent() ? " and (p.begin_at, p.replica_id) < (?, ?)" : "")
            + ORDER;
    List<GpuPeriod> periods = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(new Parameters(statement), filter, after, limit);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          periods.add(period(rows));
        }
      }
    }
    return periods;
  }

  private static String conditions(UsageFilter filter) {
    return "p.account_id = ?"
        + (filter.from().isPresent() ? " and p.begin_at >= ?" : "")
        + (filter.to().isPresent() ? " and p.begin_at < ?" : "")
        + (filter.instance().isPresent() ? " and p.instance_id = ?" : "");
  }

  static long count(Connection connection, UsageFilter filter, int max) throws SQLException {
    String sql = COUNT + conditions(filter) + " fetch first ? rows only) counted";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(new Parameters(statement), filter, Optional.empty(), max);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static void bind(
      Parameters parameters, UsageFilter filter, Optional<GpuPosition> after, int limit)
      throws SQLException {
    parameters.number(filter.account().value());
    if (filter.from().isPresent()) {
      parameters.time(filter.from().get());
    }
    if (filter.to().isPresent()) {
      parameters.time(filter.to().get());
    }
    if (filter.instance().isPresent()) {
      parameters.number(filter.instance().get().value());
    }
    if (after.isPresent()) {
      parameters.time(after.get().begin()).number(after.get().replica().value());
    }
    parameters.integer(limit);
  }

  private static GpuPeriod period(ResultSet row) throws SQLException {
    return new GpuPeriod(
        GpuRunRows.run(row),
        row.getObject(10, OffsetDateTime.class).toInstant(),
        row.getLong(11),
        new Money(row.getLong(12)));
  }

  static void insert(Connection connection, List<GpuPeriod> periods, Instant bookedAt)
      throws SQLException {
    if (periods.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      Parameters row = new Parameters(statement);
      for (GpuPeriod period : periods) {
        bind(row, period);
        row.time(bookedAt).addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void bind(Parameters row, GpuPeriod period) throws SQLException {
    GpuRun run = period.run();
    row.number(run.replica().value())
        .time(period.begin())
        .time(run.begin())
        .number(run.instance().value())
        .number(run.account().value())
        .text(run.region().value())
        .text(run.gpuType())
        .integer(run.gpus())
        .number(period.seconds())
        .number(period.rate().nanoDollars())
        .number(period.cost().nanoDollars());
  }
}
