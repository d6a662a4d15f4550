package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.BalanceWarning;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.money.Money;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** The rows of {@code balance_warning}: written under the account's lock, never deleted. */
final class WarningRows {
  private static final String OPEN =
      "select minutes, balance_nanos, burn_nanos, warned_at from balance_warning"
          + " where account_id = ? and cleared_at is null order by id desc";
  private static final String INSERT =
      "insert into balance_warning (account_id, minutes, balance_nanos, burn_nanos, warned_at)"
          + " values (?, ?, ?, ?, ?)";
  private static final String CLEAR =
      "update balance_warning set cleared_at = ?"
          + " where account_id = ? and minutes = ? and cleared_at is null";

  private WarningRows() {}

  /** Those that were not cleared, newest first. */
  static List<BalanceWarning> open(Connection connection, AccountId account) throws SQLException {
    List<BalanceWarning> warnings = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
      statement.setLong(1, account.value());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          warnings.add(
              new BalanceWarning(
                  rows.getInt(1),
                  new Money(rows.getLong(2)),
                  new Money(rows.getLong(3)),
                  rows.getObject(4, OffsetDateTime.class).toInstant()));
        }
      }
    }
    return warnings;
  }

  static void insert(Connection connection, AccountId account, BalanceWarning warning)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      new Parameters(statement)
          .number(account.value())
          .integer(warning.minutes())
          .number(warning.balance().nanoDollars())
          .number(warning.burnPerHour().nanoDollars())
          .time(warning.warnedAt());
      statement.executeUpdate();
    }
  }

  static void clear(Connection connection, AccountId account, int minutes, Instant now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CLEAR)) {
      new Parameters(statement).time(now).number(account.value()).integer(minutes);
      statement.executeUpdate();
    }
  }
}
