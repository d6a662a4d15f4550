package com.ecohash.ecolink.billing;

import java.util.Locale;

/** Why an account's balance changed. */
public enum LedgerKind {
  TOP_UP,
  API_USAGE,
  GPU_USAGE,
  REFUND,
  BONUS,
  ADJUSTMENT;

  /** The name on the wire and in the database: {@code top_up}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if no kind has this name
   */
  public static LedgerKind ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
