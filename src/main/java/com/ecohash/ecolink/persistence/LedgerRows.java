package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.LedgerKind;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.money.Money;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of {@code ledger_entry} under the usage store. */
final class LedgerRows {
  private static final String INSERT =
      "insert into ledger_entry (account_id, kind, amount_nanos, balance_after_nanos, request_id,"
          + " description, created_at, booked_at) values (?, ?, ?, ?, ?, ?, ?, ?)";

  private LedgerRows() {}

  /** What one account owes for a batch. */
  private static final class Charge {
    private final UsageRecord first;
    private UsageRecord last;
    private Money cost = Money.ZERO;
    private int exchanges;

    Charge(UsageRecord first) {
      this.first = first;
      this.last = first;
    }

    void add(UsageRecord record) {
      last = record;
      cost = cost.plus(record.cost());
      exchanges++;
    }

    String description() {
      return exchanges == 1
          ? UsageRecordRows.storedModel(first.start().model())
          : exchanges + " exchanges, " + first.id() + " to " + last.id();
    }
  }

  /**
   * Books the costs: one entry for each account, since its owner reads what an exchange cost on its
   * receipt, and an entry for each would be most of the work of storing them.
   *
   * @param balances of locked accounts; brought forward by what is booked
   */
  static void book(
      Connection connection,
      List<UsageRecord> records,
      Map<AccountId, Money> balances,
      Instant bookedAt)
      throws SQLException {
    Map<AccountId, Charge> charges = new LinkedHashMap<>();
    for (UsageRecord record : records) {
      if (!record.cost().isZero()) {
        charges
            .computeIfAbsent(record.start().account(), account -> new Charge(record))
            .add(record);
      }
    }
    if (charges.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      Parameters row = new Parameters(statement);
      for (Map.Entry<AccountId, Charge> entry : charges.entrySet()) {
        Charge charge = entry.getValue();
        Money balance = balances.getOrDefault(entry.getKey(), Money.ZERO).minus(charge.cost);
        balances.put(entry.getKey(), balance);
        bind(row, entry.getKey(), charge, balance, bookedAt);
      }
      statement.executeBatch();
    }
  }

  private static void bind(
      Parameters row, AccountId account, Charge charge, Money balance, Instant bookedAt)
      throws SQLException {
    row.number(account.value())
        .text(LedgerKind.API_USAGE.wireName())
        .number(charge.cost.negated().nanoDollars())
        .number(balance.nanoDollars())
        .textOrNull(charge.exchanges == 1 ? charge.first.id().value() : null)
        .text(charge.description())
        .time(charge.last.endedAt())
        .time(bookedAt)
        .addBatch();
  }
}
