package com.ecohash.ecolink.metering;

/**
 * How many tokens a text has, where nobody says. Four bytes of UTF-8 to a token is what byte-pair
 * vocabularies come to on English text; other scripts have fewer bytes a token, so an estimate errs
 * in the customer's favour there.
 */
final class TokenEstimate {
  private static final int BYTES_PER_TOKEN = 4;

  private TokenEstimate() {}

  static long ofBytes(long textBytes) {
    return (textBytes + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
  }

  /** Engines send at least one token an event, some of them several. */
  static long ofStream(long contentEvents, long contentBytes) {
    return Math.max(contentEvents, ofBytes(contentBytes));
  }
}
