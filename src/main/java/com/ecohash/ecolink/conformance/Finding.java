package com.ecohash.ecolink.conformance;

import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param check a word for it, such as {@code usage_in_streams}
 * @param message what was seen, in a sentence
 * @param advice what to do about it; empty where nothing is to be done
 */
public record Finding(String check, Result result, String message, String advice) {
  /** What came of it. */
  public enum Result {
    PASSED,
    /** It works, but something is lost. */
    WARNING,
    /** Exchanges will fail. */
    FAILED;

    /** The name on the wire and in the database: {@code passed}. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding passed(String check, String message) {
    return new Finding(check, Result.PASSED, message, "");
  }

  static Finding warning(String check, String message, String advice) {
    return new Finding(check, Result.WARNING, message, advice);
  }

  static Finding failed(String check, String message, String advice) {
    return new Finding(check, Result.FAILED, message, advice);
  }
}
