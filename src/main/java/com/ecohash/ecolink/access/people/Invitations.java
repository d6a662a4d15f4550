package com.ecohash.ecolink.access.people;

import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.access.audit.AuditEvent;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InvitationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The invitations that are open, as they are kept: hashes of their links' tokens. */
public interface Invitations {
  /** What became of making one. */
  sealed interface Made {
    /** It replaces an earlier one of the account for the same address. */
    record Invited(Invitation invitation) implements Made {}

    /** The address belongs to a user of the account. */
    record IsMember() implements Made {}

    /** The account has as many open as there may be. */
    record TooMany(int max) implements Made {}
  }

  /** What became of accepting one. */
  sealed interface Accepted {
    record Joined(User user) implements Accepted {}

    /** Used, revoked, replaced, expired, or never there. */
    record Gone() implements Accepted {}

    /** Somebody has the address by now, in this account or another. */
    record AddressTaken() implements Accepted {}
  }

  Made create(Invitation.Draft draft, KeyHash token, Instant expiresAt, AuditEvent event);

  /**
   * The account's open ones, by id.
   *
   * @param after only invitations younger than this one
   */
  List<Invitation> list(AccountId account, Optional<InvitationId> after, int limit);

  /** All of them. */
  default List<Invitation> list(AccountId account) {
    return list(account, Optional.empty(), Integer.MAX_VALUE);
  }

  /**
   * @return whether the account had such an open one
   */
  boolean revoke(AccountId account, InvitationId invitation, AuditEvent event);

  Optional<Invitation> find(KeyHash token);

  /** The newest open one for this address, of whatever account. */
  Optional<Invitation> findFor(String normalizedEmail);

  /**
   * Makes the invited person a user; nobody can use the invitation a second time.
   *
   * @param proof of what they will sign in with
   */
  Accepted accept(InvitationId invitation, Proof proof, AuditEvent event);
}
