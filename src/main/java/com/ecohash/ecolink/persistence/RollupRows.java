package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.GpuPeriod;
import com.ecohash.ecolink.metering.UsageRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rows of {@code usage_rollup} and {@code usage_day}: updated, and inserted where there was
 * nothing to update. The lock on the account, which the caller holds, makes the two steps one.
 */
final class RollupRows {
  private static final String SUMS =
      Rollup.COLUMNS.stream()
          .map(column -> column + " = " + column + " + ?")
          .collect(Collectors.joining(", "));
  private static final String NAMES = String.join(", ", Rollup.COLUMNS);
  private static final String MARKS =
      Rollup.COLUMNS.stream().map(column -> "?").collect(Collectors.joining(", "));

  /** One of the two tables; their ids differ in what tells the time. */
  private enum Table {
    HOURS(
        "update usage_rollup set "
            + SUMS
            + " where account_id = ? and instance_id = ? and key_id = ? and hour_start = ?",
        "insert into usage_rollup ("
            + NAMES
            + ", account_id, instance_id, key_id, hour_start, day_utc) values ("
            + MARKS
            + ", ?, ?, ?, ?, ?)"),
    DAYS(
        "update usage_day set "
            + SUMS
            + " where account_id = ? and instance_id = ? and key_id = ? and day_utc = ?",
        "insert into usage_day ("
            + NAMES
            + ", account_id, instance_id, key_id, day_utc) values ("
            + MARKS
            + ", ?, ?, ?, ?)");

    private final String update;
    private final String insert;

    Table(String update, String insert) {
      this.update = update;
      this.insert = insert;
    }

    void bindTime(Parameters row, Rollup.Id id) throws SQLException {
      switch (this) {
        case HOURS -> row.time(id.hour());
        case DAYS -> row.day(id.day());
      }
    }
  }

  private RollupRows() {}

  static void add(Connection connection, List<UsageRecord> records) throws SQLException {
    Map<Rollup.Id, Rollup> byHour = new TreeMap<>(Rollup.Id.ORDER);
    for (UsageRecord record : records) {
      byHour.computeIfAbsent(Rollup.Id.of(record.start()), id -> new Rollup()).add(record);
    }
    add(connection, byHour);
  }

  static void addGpuTime(Connection connection, List<GpuPeriod> periods) throws SQLException {
    Map<Rollup.Id, Rollup> byHour = new TreeMap<>(Rollup.Id.ORDER);
    for (GpuPeriod period : periods) {
      byHour.computeIfAbsent(Rollup.Id.of(period), id -> new Rollup()).add(period);
    }
    add(connection, byHour);
  }

  private static void add(Connection connection, Map<Rollup.Id, Rollup> byHour)
      throws SQLException {
    if (byHour.isEmpty()) {
      return;
    }
    Map<Rollup.Id, Rollup> byDay = new TreeMap<>(Rollup.Id.ORDER);
    byHour.forEach(
        (id, rollup) -> byDay.computeIfAbsent(id.ofTheDay(), day -> new Rollup()).add(rollup));
    insert(connection, Table.HOURS, update(connection, Table.HOURS, byHour));
    insert(connection, Table.DAYS, update(connection, Table.DAYS, byDay));
  }

  /** Returns those that have no row yet. */
  private static List<Map.Entry<Rollup.Id, Rollup>> update(
      Connection connection, Table table, Map<Rollup.Id, Rollup> rollups) throws SQLException {
    List<Map.Entry<Rollup.Id, Rollup>> missing = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(table.update)) {
      Parameters row = new Parameters(statement);
      for (Map.Entry<Rollup.Id, Rollup> entry : rollups.entrySet()) {
        bind(row, table, entry);
        row.addBatch();
      }
      int[] updated = statement.executeBatch();
      int i = 0;
      for (Map.Entry<Rollup.Id, Rollup> entry : rollups.entrySet()) {
        if (updated[i++] == 0) {
          missing.add(entry);
        }
      }
    }
    return missing;
  }

  private static void insert(
      Connection connection, Table table, List<Map.Entry<Rollup.Id, Rollup>> missing)
      throws SQLException {
    if (missing.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(table.insert)) {
      Parameters row = new Parameters(statement);
      for (Map.Entry<Rollup.Id, Rollup> entry : missing) {
        bind(row, table, entry);
        if (table == Table.HOURS) {
          row.day(entry.getKey().day());
        }
        row.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void bind(Parameters row, Table table, Map.Entry<Rollup.Id, Rollup> entry)
      throws SQLException {
    for (int column = 0; column < Rollup.COLUMNS.size(); column++) {
      row.number(entry.getValue().sum(column));
    }
    Rollup.Id id = entry.getKey();
    row.number(id.account()).number(id.instance()).number(id.key());
    table.bindTime(row, id);
  }
}
