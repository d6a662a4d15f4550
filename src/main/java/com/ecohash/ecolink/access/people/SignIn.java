package com.ecohash.ecolink.access.people;

import java.time.Duration;

/** What became of somebody's attempt to sign in. */
public sealed interface SignIn {
  /**
   * They are in.
   *
   * @param token for the browser's session cookie
   * @param device for the browser's device cookie
   */
  record Accepted(SecretToken token, SecretToken device, Session session) implements SignIn {}

  /** Wrong, for whatever reason: it is not told which. */
  record Refused() implements SignIn {}

  /** Too many failures before; the password was not looked at. */
  record Delayed(Duration delay) implements SignIn {}

  /** The node has no room for it now. */
  record Busy() implements SignIn {}
}
