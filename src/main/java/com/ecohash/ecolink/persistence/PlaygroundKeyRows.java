package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.SessionId;
import com.ecohash.ecolink.ids.UserId;
import jakarta.persistence.EntityManager;
import java.time.Instant;

/** Ends the Playground's keys in the transaction that ends what they came with. */
final class PlaygroundKeyRows {
  private PlaygroundKeyRows() {}

  static void revokeOf(EntityManager entityManager, SessionId session, Instant now) {
    revoke(entityManager, "sessionId = :of", session.value(), now);
  }

  static void revokeOf(EntityManager entityManager, UserId user, Instant now) {
    revoke(entityManager, "userId = :of", user.value(), now);
  }

  private static void revoke(EntityManager entityManager, String whose, long of, Instant now) {
    int revoked =
        entityManager
            .createQuery(
                "update KeyEntity set revokedAt = :now where revokedAt is null and " + whose)
            .setParameter("now", now)
            .setParameter("of", of)
            .executeUpdate();
    if (revoked > 0) {
      Database.bumpCatalogVersion(entityManager);
    }
  }
}
