package com.ecohash.ecolink.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads times as RFC 3339 writes them: with four digits for the year, which databases know too. */
public final class Rfc3339 {
  private static final int YEAR_MIN = 1;
  private static final int YEAR_MAX = 9_998; // a zone may be most of a day away

  private Rfc3339() {}

  /**
   * @throws DateTimeException if it is no such time
   */
  public static Instant parse(String text) {
    OffsetDateTime time = OffsetDateTime.parse(text);
    if (time.getYear() < YEAR_MIN || time.getYear() > YEAR_MAX) {
      throw new DateTimeException("a year of more than four digits, or before the first");
    }
    return time.toInstant();
  }
}
