package com.ecohash.ecolink.access.people;

import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.access.audit.AuditEvent;
import com.ecohash.ecolink.ids.UserId;
import java.util.Optional;

/** The sessions, as every node sees them. Holds hashes of tokens, never a token. */
public interface Sessions {
  /**
   * Begins one; it is the user's sign-in.
   *
   * @param proof what the user was found to have
   * @return empty if the user is gone, or no longer signs in with this
   */
  Optional<Session> start(UserId user, Proof proof, KeyHash token, AuditEvent event);

  /** The session of this token, unless it has expired; being asked for keeps it from idling. */
  Optional<Session> find(KeyHash token);

  /** Ends one, and the Playground's keys that came with it. */
  void end(Session session, AuditEvent event);

  /** Ends all of a user's, and the keys that came with them. */
  void endAll(UserId user, AuditEvent event);
}
