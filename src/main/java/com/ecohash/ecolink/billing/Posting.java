package com.ecohash.ecolink.billing;

/** What became of a {@link Booking}. */
public sealed interface Posting {
  record Booked(LedgerEntry entry) implements Posting {}

  /** Booked before, under the same key; nothing was changed now. */
  record Repeated(LedgerEntry entry) implements Posting {}

  /** Something else was booked under this key. */
  record KeyTaken() implements Posting {}

  record NoSuchAccount() implements Posting {}
}
