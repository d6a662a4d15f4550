package com.ecohash.ecolink.access.oidc;

import java.util.Locale;

/**
 * Why somebody came back from a provider without being signed in. The address of the sign-in page
 * names it, and the page has a sentence for each: it never shows text that an address brings.
 */
public enum Trouble {
  /** It took too long, or began in another browser. */
  LATE,
  /** The provider does not say that the e-mail address is verified. */
  UNVERIFIED,
  /** The provider said no, or said something that is not to be believed. */
  FAILED,
  /** The provider does not answer, or not as it should. */
  UNAVAILABLE,
  /** Nobody has invited this person. */
  UNINVITED;

  /** As the address has it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
