package com.ecohash.ecolink.access.people;

import java.util.Optional;

/**
 * What a new password must be: long enough, and not the address it belongs to. No rules of
 * composition (NIST SP 800-63B, 3.1.1.2); characters are counted as people see them.
 */
public final class PasswordRules {
  public static final int LENGTH_MIN = 8;
  public static final int LENGTH_MAX = 1_000;

  private PasswordRules() {}

  /** A sentence about what is wrong with it, if anything is. */
  public static Optional<String> fault(String password, String email) {
    int length = password.codePointCount(0, password.length());
    if (length < LENGTH_MIN || length > LENGTH_MAX) {
      return Optional.of(
          "A password has " + LENGTH_MIN + " to " + LENGTH_MAX + " characters, of any kind.");
    }
    if (Emails.normalized(password).equals(Emails.normalized(email))) {
      return Optional.of("A password must not be the e-mail address it belongs to.");
    }
    if (password.codePoints().distinct().count() == 1) {
      return Optional.of("A password must not be one character over and over.");
    }
    return Optional.empty();
  }
}
