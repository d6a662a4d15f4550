package com.ecohash.ecolink.access.people;

import java.util.Locale;

/** E-mail addresses as the product compares them: in lower case, without blanks around them. */
public final class Emails {
  private Emails() {}

  public static String normalized(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }
}
