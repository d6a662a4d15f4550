package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.money.Money;
import java.util.List;
import java.util.Optional;

/**
 * When an account is warned that its balance runs out: at 60, 30, 10 and 5 minutes of the present
 * burn, once each on the way down, and when it has. A burn that swings does not warn again; only a
 * balance that has risen makes a warning fall.
 */
public final class WarningLadder {
  private static final List<Integer> STEPS = List.of(5, 10, 30, 60);

  private WarningLadder() {}

  /** Whether a warning still says something. */
  public static boolean stands(BalanceWarning warning, Money balance, Burn burn) {
    if (!balance.isPositive()) {
      return true;
    }
    if (warning.isOfTheEnd() || !burn.perHour().isPositive()) {
      return false;
    }
    boolean risen = balance.compareTo(warning.balance()) > 0;
    return !risen || burn.lastsAtMost(warning.minutes(), balance);
  }

  /**
   * The step that is to be warned of now: the lowest that is reached, unless that or a lower one
   * was warned of already.
   *
   * @param standing the warnings that stand
   */
  public static Optional<Integer> next(List<BalanceWarning> standing, Money balance, Burn burn) {
    return reached(balance, burn)
        .filter(step -> standing.stream().noneMatch(warning -> warning.minutes() <= step));
  }

  private static Optional<Integer> reached(Money balance, Burn burn) {
    return balance.isPositive()
        ? STEPS.stream().filter(step -> burn.lastsAtMost(step, balance)).findFirst()
        : Optional.of(0);
  }
}
