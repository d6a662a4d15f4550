package com.ecohash.ecolink.access.people;

import com.ecohash.ecolink.access.Role;
import com.ecohash.ecolink.access.audit.AuditEvent;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.UserId;
import java.util.List;
import java.util.Optional;

/** The users, as they are kept. Never leaves an account without an owner. */
public interface Users {
  /** What became of a change. */
  enum Change {
    DONE,
    NOT_FOUND,
    /** Nothing changed: the account would have been left without an owner. */
    LAST_OWNER
  }

  /**
   * A user and what their password is checked against.
   *
   * @param passwordHash empty for somebody who signs in at another provider only
   */
  record Credentials(User user, Optional<String> passwordHash) {
    @Override
    public String toString() {
      return "Credentials[" + user.id() + "]"; // never the hash
    }
  }

  /**
   * @param email as {@link Emails#normalized} has it
   */
  Optional<Credentials> credentials(String email);

  /**
   * The account's users, by id.
   *
   * @param after only users younger than this one
   */
  List<User> list(AccountId account, Optional<UserId> after, int limit);

  /** All of them. */
  default List<User> list(AccountId account) {
    return list(account, Optional.empty(), Integer.MAX_VALUE);
  }

  Optional<User> find(AccountId account, UserId user);

  Change changeRole(AccountId account, UserId user, Role role, AuditEvent event);

  /** Removes a user with all sessions and the keys that came with them. */
  Change remove(AccountId account, UserId user, AuditEvent event);

  /**
   * Sets a password and ends all of the user's sessions.
   *
   * @return whether the user was there and still had the old one
   */
  boolean changePassword(
      UserId user, Proof.PasswordHash old, Proof.PasswordHash changed, AuditEvent event);
}
