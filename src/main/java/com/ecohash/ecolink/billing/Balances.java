package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.money.Money;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each account has left, as this node knows it: the ledger's balance when last seen, less what
 * this node has charged and the ledger does not have yet. It lags behind other nodes' charges until
 * the next reload; the ledger is the truth. Sums beyond {@link Money}'s range stop at its end: what
 * is left must be known of every account, however absurd one record is.
 */
public final class Balances {
  private record Balance(Money booked, Money unbooked) {
    static final Balance ZERO = new Balance(Money.ZERO, Money.ZERO);
  }

  private final Map<AccountId, Balance> byAccount = new ConcurrentHashMap<>();

  public Money available(AccountId account) {
    Balance balance = byAccount.getOrDefault(account, Balance.ZERO);
    return balance.booked().minusClamped(balance.unbooked());
  }

  /** An exchange has ended and costs this much; the ledger will have it after the next drain. */
  public void charge(AccountId account, Money cost) {
    if (!cost.isZero()) {
      byAccount.compute(
          account,
          (id, old) -> {
            Balance known = old == null ? Balance.ZERO : old;
            return new Balance(known.booked(), known.unbooked().plusClamped(cost));
          });
    }
  }

  /** The ledger now has {@code cost} of what was charged here, and stands at {@code booked}. */
  public void booked(AccountId account, Money cost, Money booked) {
    byAccount.compute(
        account,
        (id, old) -> {
          Balance known = old == null ? Balance.ZERO : old;
          return new Balance(booked, known.unbooked().minusClamped(cost));
        });
  }

  /** The ledger had {@code cost} of what was charged here before; how it stands is not known. */
  public void alreadyBooked(AccountId account, Money cost) {
    byAccount.computeIfPresent(
        account, (id, known) -> new Balance(known.booked(), known.unbooked().minusClamped(cost)));
  }

  /** The ledger's balances were read anew. */
  public void reload(Map<AccountId, Money> booked) {
    booked.forEach(
        (account, balance) ->
            byAccount.compute(
                account,
                (id, old) -> new Balance(balance, old == null ? Money.ZERO : old.unbooked())));
  }
}
