package com.ecohash.ecolink.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.billing.LedgerEntry;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.money.Money;

/** The ledger's invariant: each entry has the balance after it, the last one is the account's. */
final class LedgerChain {
  private LedgerChain() {}

  static void assertSound(Database database, AccountId account) {
    Money balance = Money.ZERO;
    for (LedgerEntry entry : TestingWorld.ledger(database, account)) {
      balance = balance.plus(entry.amount());
      assertThat(entry.balanceAfter()).isEqualTo(balance);
    }
    assertThat(new JpaLedger(database, TestingWorld.CLOCK).balance(account)).isEqualTo(balance);
  }
}
