package com.ecohash.ecolink.metering;

import java.util.Locale;

/** How an exchange ended, and so whether it is billed (SPEC 2.3). */
public enum Ending {
  /** The answer reached the client whole. */
  COMPLETED(true),
  /** The client left; what it had been sent is billed, the input included. */
  CLIENT_GONE(true),
  /** The container answered with an error, which was passed on. */
  CONTAINER_ERROR(false),
  /** The container died, or reported trouble, in mid-answer. */
  CONTAINER_FAILED(false),
  /** The container was silent for longer than a limit. */
  TIMEOUT(false),
  /** No region could be reached. */
  UNREACHABLE(false),
  /** The gateway itself ended before the exchange did; found at the next start. */
  INTERRUPTED(false);

  private final boolean billed;

  Ending(boolean billed) {
    this.billed = billed;
  }

  public boolean isBilled() {
    return billed;
  }

  /** The name on the wire and in the database: {@code client_gone}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if no ending has this name
   */
  public static Ending ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
