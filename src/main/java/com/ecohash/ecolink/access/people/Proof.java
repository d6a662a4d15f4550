package com.ecohash.ecolink.access.people;

/** What a new user will sign in with. */
public sealed interface Proof {
  /** A password, by its hash. */
  record PasswordHash(String hash) implements Proof {
    @Override
    public String toString() {
      return "PasswordHash[…]";
    }
  }

  /**
   * What the provider calls them. Both never change, unlike an e-mail address.
   *
   * @param subject unique at this issuer
   */
  record Provider(String issuer, String subject) implements Proof {}
}
