package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.metering.Ending;
import com.ecohash.ecolink.money.Money;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sums an account's records up anew, day by day, and compares the sums with both roll-ups. Holds
 * one day's sums in memory, never its records.
 */
final class UsageCheck {
  private static final String RECORDS =
      "select started_at, instance_id, key_id, ending, input_tokens, cached_input_tokens,"
          + " output_tokens, reasoning_tokens, images, milliseconds, cost_nanos, streamed,"
          + " first_byte_micros from usage_record"
          + " where account_id = ? and started_at >= ? and started_at < ?";
  private static final String PERIODS =
      "select begin_at, instance_id, seconds * gpus, cost_nanos from gpu_period"
          + " where account_id = ? and begin_at >= ? and begin_at < ?";
  private static final String HOURS =
      "select hour_start, instance_id, key_id, "
          + String.join(", ", Rollup.COLUMNS)
          + " from usage_rollup where account_id = ? and hour_start >= ? and hour_start < ?";
  private static final String DAYS =
      "select day_utc, instance_id, key_id, "
          + String.join(", ", Rollup.COLUMNS)
          + " from usage_day where account_id = ? and day_utc = ?";
  private static final String NEXT_RECORD =
      "select min(started_at) from usage_record where account_id = ? and started_at >= ?";
  private static final String NEXT_PERIOD =
      "select min(begin_at) from gpu_period where account_id = ? and begin_at >= ?";
  private static final String NEXT_HOUR =
      "select min(hour_start) from usage_rollup where account_id = ? and hour_start >= ?";
  private static final String NEXT_DAY =
      "select min(day_utc) from usage_day where account_id = ? and day_utc >= ?";
  private static final Instant BEGINNING = Instant.parse("1970-01-01T00:00:00Z");

  private final Connection connection;
  private final long account;
  private final Findings findings;
  private Money apiCosts = Money.ZERO;
  private Money gpuCosts = Money.ZERO;

  UsageCheck(Connection connection, long account, Findings findings) {
    this.connection = connection;
    this.account = account;
    this.findings = findings;
  }

  void check() throws SQLException {
    Optional<Instant> day = nextDay(BEGINNING);
    while (day.isPresent()) {
      check(day.get());
      day = nextDay(day.get().plus(1, ChronoUnit.DAYS));
    }
  }

  /** The next day that anything is known of; days without usage cost nothing. */
  private Optional<Instant> nextDay(Instant from) throws SQLException {
    Optional<Instant> next = Optional.empty();
    for (String sql : new String[] {NEXT_RECORD, NEXT_PERIOD, NEXT_HOUR}) {
      try (PreparedStatement query = connection.prepareStatement(sql)) {
        new Parameters(query).number(account).time(from);
        next = earlier(next, time(query));
      }
    }
    try (PreparedStatement query = connection.prepareStatement(NEXT_DAY)) {
      new Parameters(query).number(account).day(dayOf(from));
      next = earlier(next, day(query));
    }
    return next.map(time -> time.truncatedTo(ChronoUnit.DAYS));
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other).flatMap(Optional::stream).min(Instant::compareTo);
  }

  private static Optional<Instant> time(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      row.next();
      return Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
          .map(OffsetDateTime::toInstant);
    }
  }

  private static Optional<Instant> day(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      row.next();
      return Optional.ofNullable(row.getObject(1, LocalDate.class))
          .map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
  }

  private static LocalDate dayOf(Instant time) {
    return time.atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private void check(Instant day) throws SQLException {
    Map<Rollup.Id, Rollup> byHour = new TreeMap<>(Rollup.Id.ORDER);
    addRecords(day, byHour);
    addPeriods(day, byHour);
    Map<Rollup.Id, Rollup> byDay = new TreeMap<>(Rollup.Id.ORDER);
    byHour.forEach(
        (id, sums) -> byDay.computeIfAbsent(id.ofTheDay(), key -> new Rollup()).add(sums));
    try (PreparedStatement query = Reconciliation.streaming(connection, HOURS)) {
      bindDay(query, day);
      compare("the roll-up of the hour", query, byHour, false);
    }
    try (PreparedStatement query = Reconciliation.streaming(connection, DAYS)) {
      new Parameters(query).number(account).day(dayOf(day));
      compare("the roll-up of the day", query, byDay, true);
    }
  }

  private void bindDay(PreparedStatement query, Instant day) throws SQLException {
    new Parameters(query).number(account).time(day).time(day.plus(Duration.ofDays(1)));
  }

  private void addRecords(Instant day, Map<Rollup.Id, Rollup> sums) throws SQLException {
    try (PreparedStatement query = Reconciliation.streaming(connection, RECORDS)) {
      bindDay(query, day);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          findings.usageRecord();
          addRecord(row, at(sums, row, row.getLong(3)));
          apiCosts = apiCosts.plus(new Money(row.getLong(11)));
        }
      }
    }
  }

  private static void addRecord(ResultSet row, Rollup sums) throws SQLException {
    boolean billed = Ending.ofWireName(row.getString(4)).isBilled();
    sums.add(0, 1);
    sums.add(1, billed ? 0 : 1);
    for (int unit = 0; unit < 7; unit++) {
      sums.add(2 + unit, row.getLong(5 + unit));
    }
    if (billed && row.getBoolean(12) && row.getLong(13) >= 0) {
      sums.add(9, 1);
      sums.add(10, row.getLong(13));
    }
  }

  private void addPeriods(Instant day, Map<Rollup.Id, Rollup> sums) throws SQLException {
    try (PreparedStatement query = Reconciliation.streaming(connection, PERIODS)) {
      bindDay(query, day);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          Rollup sum = at(sums, row, Rollup.NO_KEY);
          sum.add(8, row.getLong(4));
          sum.add(11, row.getLong(3));
          sum.add(12, row.getLong(4));
          gpuCosts = gpuCosts.plus(new Money(row.getLong(4)));
        }
      }
    }
  }

  private Rollup at(Map<Rollup.Id, Rollup> sums, ResultSet row, long key) throws SQLException {
    Instant time = row.getObject(1, OffsetDateTime.class).toInstant();
    return sums.computeIfAbsent(
        new Rollup.Id(account, time.truncatedTo(ChronoUnit.HOURS), row.getLong(2), key),
        id -> new Rollup());
  }

  /** What is in the table must be expected, and what is expected must be in the table. */
  private void compare(
      String what, PreparedStatement query, Map<Rollup.Id, Rollup> expected, boolean days)
      throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        findings.rollup();
        Instant time =
            days
                ? row.getObject(1, LocalDate.class).atStartOfDay(ZoneOffset.UTC).toInstant()
                : row.getObject(1, OffsetDateTime.class).toInstant();
        Rollup.Id id = new Rollup.Id(account, time, row.getLong(2), row.getLong(3));
        @Nullable Rollup sums = expected.remove(id);
        compare(what, id, row, sums == null ? new Rollup() : sums);
      }
    }
    expected.forEach(
        (id, sums) ->
            findings.differs(
                "%s: it is missing, but %d records and %s belong there."
                    .formatted(name(what, id), sums.sum(0), new Money(sums.sum(8)))));
  }

  private void compare(String what, Rollup.Id id, ResultSet row, Rollup expected)
      throws SQLException {
    for (int column = 0; column < Rollup.COLUMNS.size(); column++) {
      long found = row.getLong(4 + column);
      if (found != expected.sum(column)) {
        findings.differs(
            "%s: %s is %d, but what belongs there sums up to %d."
                .formatted(
                    name(what, id), Rollup.COLUMNS.get(column), found, expected.sum(column)));
      }
    }
  }

  private static String name(String what, Rollup.Id id) {
    return "Account %d, instance %d, key %d: %s %s"
        .formatted(id.account(), id.instance(), id.key(), what, id.hour());
  }

  Money apiCosts() {
    return apiCosts;
  }

  Money gpuCosts() {
    return gpuCosts;
  }
}
