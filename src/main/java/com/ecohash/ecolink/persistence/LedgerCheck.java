package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.LedgerKind;
import com.ecohash.ecolink.money.Money;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Follows an account's entries in their order: each has the balance after it, the last one is the
 * account's. Adds up what was charged for exchanges and for GPU time.
 */
final class LedgerCheck {
  private static final String ENTRIES =
      "select id, kind, amount_nanos, balance_after_nanos from ledger_entry where account_id = ?"
          + " order by id";

  private final Findings findings;
  private Money apiCharges = Money.ZERO;
  private Money gpuCharges = Money.ZERO;

  LedgerCheck(Findings findings) {
    this.findings = findings;
  }

  void check(Connection connection, long account, Money balance) throws SQLException {
    Money sum = Money.ZERO;
    try (PreparedStatement query = Reconciliation.streaming(connection, ENTRIES)) {
      query.setLong(1, account);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          findings.entry();
          Money amount = new Money(rows.getLong(3));
          sum = sum.plus(amount);
          count(LedgerKind.ofWireName(rows.getString(2)), amount);
          Money after = new Money(rows.getLong(4));
          if (!after.equals(sum)) {
            findings.differs(
                "Account %d, ledger entry %d: the balance after it is %s, but the entries up to it sum up to %s."
                    .formatted(account, rows.getLong(1), after, sum));
            sum = after; // so that one wrong entry is one difference
          }
        }
      }
    }
    if (!sum.equals(balance)) {
      findings.differs(
          "Account %d: its balance is %s, but its ledger ends at %s."
              .formatted(account, balance, sum));
    }
  }

  private void count(LedgerKind kind, Money amount) {
    switch (kind) {
      case API_USAGE -> apiCharges = apiCharges.minus(amount);
      case GPU_USAGE -> gpuCharges = gpuCharges.minus(amount);
      case TOP_UP, REFUND, BONUS, ADJUSTMENT -> {}
    }
  }

  Money apiCharges() {
    return apiCharges;
  }

  Money gpuCharges() {
    return gpuCharges;
  }
}
