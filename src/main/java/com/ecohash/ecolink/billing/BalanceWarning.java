package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.money.Money;
import java.time.Instant;

/**
 * What an account was told of its balance running out.
 *
 * @param minutes for which the balance lasted at most; 0 if it was used up
 * @param burnPerHour what an hour cost then
 */
public record BalanceWarning(int minutes, Money balance, Money burnPerHour, Instant warnedAt) {
  public boolean isOfTheEnd() {
    return minutes == 0;
  }

  /** The warning as a sentence. */
  public String message() {
    return isOfTheEnd()
        ? "The balance is used up; custom instances were stopped."
        : "At the present cost the balance lasts "
            + minutes
            + " minutes at most; custom instances stop when it is used up.";
  }
}
