package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.Units;
import com.ecohash.ecolink.metering.UsageRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The rows of {@code usage_record} under the usage store. */
final class UsageRecordRows {
  private static final int MODEL_LENGTH_MAX = 512;

  private static final String STORED =
      "select request_id from usage_record where request_id = any (?)";
  private static final String INSERT =
      "insert into usage_record (request_id, account_id, key_id, instance_id, category, model,"
          + " streamed, started_at, ending, status, input_tokens, cached_input_tokens,"
          + " output_tokens, reasoning_tokens, images, milliseconds, units_source, cost_nanos,"
          + " rates, region_id, attempts, first_byte_micros, duration_micros, image_size)"
          + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private UsageRecordRows() {}

  /** Which of these are stored already. */
  static Set<String> stored(Connection connection, Collection<RequestId> ids) throws SQLException {
    Set<String> stored = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(STORED)) {
      Object[] texts = ids.stream().map(RequestId::value).toArray();
      statement.setArray(1, connection.createArrayOf("varchar", texts));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          stored.add(rows.getString(1));
        }
      }
    }
    return stored;
  }

  static void insert(Connection connection, List<UsageRecord> records) throws SQLException {
    if (records.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      Parameters row = new Parameters(statement);
      for (UsageRecord record : records) {
        bind(row, record);
        row.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void bind(Parameters row, UsageRecord record) throws SQLException {
    ExchangeStart start = record.start();
    row.text(start.id().value())
        .number(start.account().value())
        .numberOrNull(start.key().isPresent() ? start.key().get().value() : null)
        .number(start.instance().value())
        .textOrNull(start.category().isPresent() ? start.category().get().wireName() : null)
        .text(storedModel(start.model()))
        .flag(start.streamed())
        .time(start.startedAt())
        .text(record.ending().wireName())
        .integer(record.status());
    bind(row, record.units());
    row.number(record.cost().nanoDollars())
        .text(RatesText.write(start.rates()))
        .textOrNull(record.region().isPresent() ? record.region().get().value() : null)
        .text(AttemptsText.write(record.attempts()))
        .number(record.firstByteMicros())
        .number(record.durationMicros())
        .textOrNull(start.imageSize().isPresent() ? start.imageSize().get().toString() : null);
  }

  private static void bind(Parameters row, Units units) throws SQLException {
    row.number(units.inputTokens())
        .number(units.cachedInputTokens())
        .number(units.outputTokens())
        .number(units.reasoningTokens())
        .number(units.images())
        .number(units.milliseconds())
        .text(units.source().name().toLowerCase(Locale.ROOT));
  }

  /**
   * The client wrote it, so it may be long and may hold U+0000, which PostgreSQL takes in no text:
   * one such record would block all that come after it.
   */
  static String storedModel(String model) {
    String bounded =
        model.length() <= MODEL_LENGTH_MAX ? model : model.substring(0, MODEL_LENGTH_MAX);
    return bounded.indexOf('\0') < 0 ? bounded : bounded.replace('\0', '\uFFFD');
  }
}
