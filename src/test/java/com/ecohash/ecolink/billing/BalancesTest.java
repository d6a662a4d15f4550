package com.ecohash.ecolink.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.money.Money;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BalancesTest {
  private static final AccountId ACCOUNT = new AccountId(1);

  private final Balances balances = new Balances();

  @Test
  void areZeroForWhomeverNobodyKnows() {
    assertThat(balances.available(ACCOUNT)).isEqualTo(Money.ZERO);
  }

  @Test
  void countAChargeFromTheMomentItIsMade() {
    balances.reload(Map.of(ACCOUNT, new Money(100)));
    balances.charge(ACCOUNT, new Money(30));
    assertThat(balances.available(ACCOUNT)).isEqualTo(new Money(70));
  }

  @Test
  void stayWithinTheRangeOfMoneyWhateverIsCharged() {
    balances.reload(Map.of(ACCOUNT, new Money(100)));
    balances.charge(ACCOUNT, new Money(Long.MAX_VALUE));
    balances.charge(ACCOUNT, new Money(Long.MAX_VALUE));
    assertThat(balances.available(ACCOUNT)).isEqualTo(new Money(100 - Long.MAX_VALUE));
    balances.reload(Map.of(ACCOUNT, new Money(-100)));
    assertThat(balances.available(ACCOUNT)).isEqualTo(new Money(Long.MIN_VALUE));
  }

  @Test
  void countItOnceWhenTheLedgerHasIt() {
    balances.reload(Map.of(ACCOUNT, new Money(100)));
    balances.charge(ACCOUNT, new Money(30));
    balances.charge(ACCOUNT, new Money(5));
    balances.booked(ACCOUNT, new Money(30), new Money(70));
    assertThat(balances.available(ACCOUNT)).isEqualTo(new Money(65));
    balances.reload(Map.of(ACCOUNT, new Money(1_070))); // a top-up meanwhile
    assertThat(balances.available(ACCOUNT)).isEqualTo(new Money(1_065));
  }
}
