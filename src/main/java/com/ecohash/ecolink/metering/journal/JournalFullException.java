package com.ecohash.ecolink.metering.journal;

/**
 * The journal has no room for another exchange, which therefore must not reach a container: 503
 * {@code overloaded}. Never thrown for the end of an exchange that has begun.
 */
public final class JournalFullException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public JournalFullException(String message) {
    super(message, null, false, false); // under overload, a stack trace each would be a load more
  }
}
