package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.LedgerKind;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.money.Money;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of {@code ledger_entry} that charge for usage. */
final class LedgerRows {
  private static final String INSERT =
      "insert into ledger_entry (account_id, kind, amount_nanos, balance_after_nanos, request_id,"
          + " description, created_at, booked_at) values (?, ?, ?, ?, ?, ?, ?, ?)";
  private static final int DESCRIPTION_LENGTH_MAX = 512;

  private LedgerRows() {}

  /**
   * An entry to be written.
   *
   * @param cost what is taken from the balance
   * @param requestId of the exchange it is for, if it is for one
   */
  record Charge(
      AccountId account,
      LedgerKind kind,
      Money cost,
      @Nullable String requestId,
      String description,
      Instant createdAt) {}

  /** What one account owes for a batch. */
  private static final class Exchanges {
    private final UsageRecord first;
    private UsageRecord last;
    private Money cost = Money.ZERO;
    private int count;

    Exchanges(UsageRecord first) {
      this.first = first;
      this.last = first;
    }

    void add(UsageRecord record) {
      last = record;
      cost = cost.plus(record.cost());
      count++;
    }

    Charge charge() {
      boolean one = count == 1;
      return new Charge(
          first.start().account(),
          LedgerKind.API_USAGE,
          cost,
          one ? first.id().value() : null,
          one
              ? UsageRecordRows.storedModel(first.start().model())
              : count + " exchanges, " + first.id() + " to " + last.id(),
          last.endedAt());
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
    Map<AccountId, Exchanges> byAccount = new LinkedHashMap<>();
    for (UsageRecord record : records) {
      if (!record.cost().isZero()) {
        byAccount
            .computeIfAbsent(record.start().account(), account -> new Exchanges(record))
            .add(record);
      }
    }
    List<Charge> charges = new ArrayList<>();
    byAccount.values().forEach(exchanges -> charges.add(exchanges.charge()));
    write(connection, charges, balances, bookedAt);
  }

  /**
   * Writes the entries in this order.
   *
   * @param balances of locked accounts; brought forward by what is booked
   */
  static void write(
      Connection connection, List<Charge> charges, Map<AccountId, Money> balances, Instant bookedAt)
      throws SQLException {
    if (charges.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      Parameters row = new Parameters(statement);
      for (Charge charge : charges) {
        Money balance = balances.getOrDefault(charge.account(), Money.ZERO).minus(charge.cost());
        balances.put(charge.account(), balance);
        bind(row, charge, balance, bookedAt);
      }
      statement.executeBatch();
    }
  }

  private static void bind(Parameters row, Charge charge, Money balance, Instant bookedAt)
      throws SQLException {
    String description = charge.description();
    row.number(charge.account().value())
        .text(charge.kind().wireName())
        .number(charge.cost().negated().nanoDollars())
        .number(balance.nanoDollars())
        .textOrNull(charge.requestId())
        .text(description.substring(0, Math.min(description.length(), DESCRIPTION_LENGTH_MAX)))
        .time(charge.createdAt())
        .time(bookedAt)
        .addBatch();
  }
}
