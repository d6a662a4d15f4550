package com.ecohash.ecolink.console.people;

import com.ecohash.ecolink.access.people.SecretToken;
import com.ecohash.ecolink.access.people.Session;
import com.ecohash.ecolink.access.people.User;
import com.ecohash.ecolink.console.SessionCookies;
import java.time.Instant;

/** A session on the wire, for the browser whose it is. */
public record SessionView(UserView user, AccountView account, String csrfToken, Instant expiresAt) {
  /** Who is signed in. */
  public record UserView(long id, String email, String role) {}

  /** Where they belong. */
  public record AccountView(long id, String name) {}

  static SessionView of(Session session, String accountName, SecretToken token) {
    User user = session.user();
    return new SessionView(
        new UserView(user.id().value(), user.email(), user.role().wireName()),
        new AccountView(user.account().value(), accountName),
        SessionCookies.csrfToken(token),
        session.expiresAt());
  }

  @Override
  public String toString() {
    return "SessionView[" + user + "]"; // never the token
  }
}
