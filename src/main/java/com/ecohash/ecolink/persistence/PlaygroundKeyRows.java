package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.SessionId;
import com.ecohash.ecolink.ids.UserId;
import jakarta.persistence.EntityManager;
import java.time.Instant;

/**
 * Ends the Playground's keys in the transaction that ends what they came with. Tells whether there
 * were any: then the catalog's version is counted up, last in that transaction.
 */
final class PlaygroundKeyRows {
  private PlaygroundKeyRows() {}

  static boolean revokeOf(EntityManager entityManager, SessionId session, Instant now) {
    return revoke(entityManager, "sessionId = :of", session.value(), now);
  }

  static boolean revokeOf(EntityManager entityManager, UserId user, Instant now) {
    return revoke(entityManager, "userId = :of", user.value(), now);
  }

  private static boolean revoke(EntityManager entityManager, String whose, long of, Instant now) {
    return entityManager
            .createQuery(
                "update KeyEntity set revokedAt = :now where revokedAt is null and " + whose)
            .setParameter("now", now)
            .setParameter("of", of)
            .executeUpdate()
        > 0;
  }
}
