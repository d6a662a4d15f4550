package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.metering.UsageRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of {@code usage_rollup} under the usage store: updated, and inserted where there was
 * nothing to update. The lock on the account makes the two steps one.
 */
final class RollupRows {
  private static final String UPDATE =
      "update usage_rollup set requests = requests + ?, errors = errors + ?,"
          + " input_tokens = input_tokens + ?, cached_input_tokens = cached_input_tokens + ?,"
          + " output_tokens = output_tokens + ?, reasoning_tokens = reasoning_tokens + ?,"
          + " images = images + ?, milliseconds = milliseconds + ?, cost_nanos = cost_nanos + ?"
          + " where account_id = ? and hour_start = ? and instance_id = ? and key_id = ?";
  private static final String INSERT =
      "insert into usage_rollup (requests, errors, input_tokens, cached_input_tokens,"
          + " output_tokens, reasoning_tokens, images, milliseconds, cost_nanos, account_id,"
          + " hour_start, instance_id, key_id, day_utc)"
          + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private RollupRows() {}

  static void add(Connection connection, List<UsageRecord> records) throws SQLException {
    Map<Rollup.Id, Rollup> rollups = new TreeMap<>(Rollup.Id.ORDER);
    for (UsageRecord record : records) {
      rollups.computeIfAbsent(Rollup.Id.of(record.start()), id -> new Rollup()).add(record);
    }
    if (!rollups.isEmpty()) {
      insert(connection, update(connection, rollups));
    }
  }

  /** Returns those that have no row yet. */
  private static List<Map.Entry<Rollup.Id, Rollup>> update(
      Connection connection, Map<Rollup.Id, Rollup> rollups) throws SQLException {
    List<Map.Entry<Rollup.Id, Rollup>> missing = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
      Parameters row = new Parameters(statement);
      for (Map.Entry<Rollup.Id, Rollup> entry : rollups.entrySet()) {
        bind(row, entry);
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

  private static void insert(Connection connection, List<Map.Entry<Rollup.Id, Rollup>> missing)
      throws SQLException {
    if (missing.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      Parameters row = new Parameters(statement);
      for (Map.Entry<Rollup.Id, Rollup> entry : missing) {
        bind(row, entry);
        row.day(entry.getKey().day()).addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void bind(Parameters row, Map.Entry<Rollup.Id, Rollup> entry) throws SQLException {
    for (int column = 0; column < Rollup.COLUMNS; column++) {
      row.number(entry.getValue().sum(column));
    }
    Rollup.Id id = entry.getKey();
    row.number(id.account()).time(id.hour()).number(id.instance()).number(id.key());
  }
}
