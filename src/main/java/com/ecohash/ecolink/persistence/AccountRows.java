package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.money.Money;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rows of {@code account} under the usage store: locked, read, updated. */
final class AccountRows {
  static final Comparator<AccountId> BY_ID = Comparator.comparingLong(AccountId::value);

  private static final String LOCK =
      "select id, balance_nanos from account where id = any (?) order by id for update";
  private static final String BALANCE = "select balance_nanos from account where id = ?";
  private static final String UPDATE = "update account set balance_nanos = ? where id = ?";

  private AccountRows() {}

  /**
   * Locks the accounts in the order of their ids and reads their balances.
   *
   * @throws IllegalStateException if one is not there
   */
  static Map<AccountId, Money> lock(Connection connection, Set<AccountId> accounts)
      throws SQLException {
    Object[] ids = accounts.stream().map(AccountId::value).sorted().toArray();
    Array array = connection.createArrayOf("bigint", ids);
    Map<AccountId, Money> balances = new TreeMap<>(BY_ID);
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setArray(1, array);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          balances.put(new AccountId(rows.getLong(1)), new Money(rows.getLong(2)));
        }
      }
    }
    if (balances.size() < accounts.size()) {
      throw new IllegalStateException(
          "usage of accounts that are not in the database: of " + accounts);
    }
    return balances;
  }

  /** Without a lock; zero for an account that is not there. */
  static Money balance(Connection connection, AccountId account) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BALANCE)) {
      statement.setLong(1, account.value());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? new Money(rows.getLong(1)) : Money.ZERO;
      }
    }
  }

  static void update(
      Connection connection, Map<AccountId, Money> before, Map<AccountId, Money> after)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
      for (Map.Entry<AccountId, Money> entry : after.entrySet()) {
        if (!entry.getValue().equals(before.get(entry.getKey()))) {
          statement.setLong(1, entry.getValue().nanoDollars());
          statement.setLong(2, entry.getKey().value());
          statement.addBatch();
        }
      }
      statement.executeBatch();
    }
  }
}
