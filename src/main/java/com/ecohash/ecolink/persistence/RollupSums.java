package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.metering.UsageFilter;
import com.ecohash.ecolink.metering.UsageGroup;
import com.ecohash.ecolink.metering.UsageGrouping;
import com.ecohash.ecolink.metering.UsageSum;
import com.ecohash.ecolink.money.Money;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One question for sums: whole days are read from {@code usage_day}, the hours that are left at
 * either end from {@code usage_rollup}. Never from the records.
 */
final class RollupSums {
  private static final String NAMES = String.join(", ", Rollup.COLUMNS);
  private static final String SUMS =
      Rollup.COLUMNS.stream()
          .map(column -> "sum(" + column + ")")
          .collect(Collectors.joining(", "));

  /** Something to be bound to a question mark. */
  private interface Value {
    void bind(Parameters parameters) throws SQLException;
  }

  private final UsageFilter filter;
  private final List<UsageGrouping> by;
  private final List<Value> values = new ArrayList<>();

  RollupSums(UsageFilter filter, List<UsageGrouping> by) {
    this.filter = filter;
    this.by = List.copyOf(by);
  }

  List<UsageSum> read(Connection connection, Optional<UsageGroup> after, int limit)
      throws SQLException {
    List<UsageSum> sums = new ArrayList<>();
    String sql = sql(after) + " fetch first " + limit + " rows only";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Parameters parameters = new Parameters(statement);
      for (Value value : values) {
        value.bind(parameters);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          sums.add(sum(rows));
        }
      }
    }
    return sums;
  }

  private String sql(Optional<UsageGroup> after) {
    String groups = by.stream().map(RollupSums::column).collect(Collectors.joining(", "));
    String select = "select " + SUMS + (by.isEmpty() ? "" : ", " + groups);
    String from = " from (" + String.join(" union all ", parts()) + ") u";
    String where = after.map(group -> " where " + behind(groups, group)).orElse("");
    return select
        + from
        + where
        + (by.isEmpty() ? "" : " group by " + groups + " order by " + groups);
  }

  private static String column(UsageGrouping grouping) {
    return switch (grouping) {
      case DAY -> "day_utc";
      case INSTANCE -> "instance_id";
      case KEY -> "key_id";
    };
  }

  private String behind(String groups, UsageGroup group) {
    for (UsageGrouping grouping : by) {
      values.add(
          switch (grouping) {
            case DAY -> parameters -> parameters.day(group.day().orElse(LocalDate.EPOCH));
            case INSTANCE ->
                parameters -> parameters.number(group.instance().map(InstanceId::value).orElse(0L));
            case KEY ->
                parameters ->
                    parameters.number(group.key().map(KeyId::value).orElse(Rollup.NO_KEY));
          });
    }
    String marks = by.stream().map(grouping -> "?").collect(Collectors.joining(", "));
    return "(" + groups + ") > (" + marks + ")";
  }

  /** The tables' parts that lie in the time asked for. */
  private List<String> parts() {
    Optional<Instant> from = filter.from().map(time -> time.truncatedTo(ChronoUnit.HOURS));
    Optional<Instant> to = filter.to();
    Optional<Instant> firstDay = from.map(RollupSums::nextDay);
    Optional<Instant> lastDay = to.map(time -> time.truncatedTo(ChronoUnit.DAYS));
    List<String> parts = new ArrayList<>();
    if (firstDay.isPresent() && lastDay.isPresent() && firstDay.get().isAfter(lastDay.get())) {
      parts.add(hours(from.orElseThrow(), to.orElseThrow()));
      return parts;
    }
    parts.add(days(firstDay, lastDay));
    if (from.isPresent() && !from.equals(firstDay)) {
      parts.add(hours(from.get(), firstDay.orElseThrow()));
    }
    if (to.isPresent() && !to.equals(lastDay)) {
      parts.add(hours(lastDay.orElseThrow(), to.get()));
    }
    return parts;
  }

  private static Instant nextDay(Instant time) {
    Instant day = time.truncatedTo(ChronoUnit.DAYS);
    return day.equals(time) ? day : day.plus(1, ChronoUnit.DAYS);
  }

  private String hours(Instant from, Instant to) {
    String part = part("usage_rollup");
    values.add(parameters -> parameters.time(from));
    values.add(parameters -> parameters.time(to));
    return part + " and hour_start >= ? and hour_start < ?";
  }

  private String days(Optional<Instant> from, Optional<Instant> to) {
    StringBuilder part = new StringBuilder(part("usage_day"));
    from.ifPresent(
        time -> {
          part.append(" and day_utc >= ?");
          values.add(parameters -> parameters.day(day(time)));
        });
    to.ifPresent(
        time -> {
          part.append(" and day_utc < ?");
          values.add(parameters -> parameters.day(day(time)));
        });
    return part.toString();
  }

  private static LocalDate day(Instant time) {
    return time.atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private String part(String table) {
    StringBuilder part =
        new StringBuilder("select day_utc, instance_id, key_id, ")
            .append(NAMES)
            .append(" from ")
            .append(table)
            .append(" where account_id = ?");
    values.add(parameters -> parameters.number(filter.account().value()));
    filter
        .instance()
        .ifPresent(
            id -> {
              part.append(" and instance_id = ?");
              values.add(parameters -> parameters.number(id.value()));
            });
    filter
        .key()
        .ifPresent(
            id -> {
              part.append(" and key_id = ?");
              values.add(parameters -> parameters.number(id.value()));
            });
    return part.toString();
  }

  private UsageSum sum(ResultSet row) throws SQLException {
    return new UsageSum(
        group(row),
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        new Money(row.getLong(9)),
        row.getLong(10),
        row.getLong(11),
        row.getLong(12),
        new Money(row.getLong(13)));
  }

  private UsageGroup group(ResultSet row) throws SQLException {
    Optional<LocalDate> day = Optional.empty();
    Optional<InstanceId> instance = Optional.empty();
    Optional<KeyId> key = Optional.empty();
    int column = Rollup.COLUMNS.size();
    for (UsageGrouping grouping : by) {
      column++;
      switch (grouping) {
        case DAY -> day = Optional.of(row.getObject(column, LocalDate.class));
        case INSTANCE -> instance = Optional.of(new InstanceId(row.getLong(column)));
        case KEY ->
            key =
                row.getLong(column) == Rollup.NO_KEY
                    ? Optional.empty()
                    : Optional.of(new KeyId(row.getLong(column)));
      }
    }
    return new UsageGroup(by, day, instance, key);
  }
}
