package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.money.Money;
import java.util.List;

/**
 * How an account stands at one moment.
 *
 * @param burn what it spends in an hour
 * @param warnings that were not cleared yet, newest first; some may stand no longer
 */
public record Standing(Money balance, Burn burn, List<BalanceWarning> warnings) {
  public Standing {
    warnings = List.copyOf(warnings);
  }
}
