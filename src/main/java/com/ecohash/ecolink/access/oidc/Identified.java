package com.ecohash.ecolink.access.oidc;

/** What came of somebody's way to the provider and back. */
public sealed interface Identified {
  /**
   * The provider vouches for them, and for the address to be theirs.
   *
   * @param subject the provider's own name for them, which never changes
   */
  record Person(String issuer, String subject, String email) implements Identified {}

  /**
   * It does not, or it was not this browser that went there.
   *
   * @param reason for the log
   * @param trouble for the person
   */
  record Refused(String reason, Trouble trouble) implements Identified {}

  /**
   * The provider does not answer, or not as it should.
   *
   * @param reason for the log
   */
  record Unavailable(String reason) implements Identified {}
}
