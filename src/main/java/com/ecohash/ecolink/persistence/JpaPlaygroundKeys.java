package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.access.people.PlaygroundKeys;
import com.ecohash.ecolink.access.people.Session;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The Playground's keys, which are rows of {@code api_key}: a few for each user, used in turn. */
public final class JpaPlaygroundKeys implements PlaygroundKeys {
  /** In force at once for one person, in as many tabs; one more takes the oldest one's place. */
  private static final int KEYS_MAX = 8;

  private final Database database;
  private final Clock clock;

  public JpaPlaygroundKeys(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public boolean issue(Session session, KeyHash key, String prefix, Instant expiresAt) {
    return database.changeIf(
        entityManager -> {
          // One at a time for each person, so that no two take the same row, and none while the
          // session ends.
          UserEntity.lock(entityManager, session.user().id());
          if (entityManager.find(SessionEntity.class, session.id().value()) == null) {
            return false;
          }
          KeyEntity row = rowFor(entityManager, session);
          row.reissue(session, key, prefix, Times.now(clock), Times.stored(expiresAt));
          entityManager.persist(row);
          return true;
        });
  }

  private KeyEntity rowFor(EntityManager entityManager, Session session) {
    List<KeyEntity> rows =
        entityManager
            .createQuery(
                "from KeyEntity where userId = :user order by expiresAt, id", KeyEntity.class)
            .setParameter("user", session.user().id().value())
            .getResultList();
    Instant now = clock.instant();
    return rows.stream()
        .filter(row -> row.isRevoked() || row.toApiKey().isExpiredAt(now))
        .findFirst()
        .or(() -> rows.stream().filter(row -> rows.size() >= KEYS_MAX).findFirst())
        .orElseGet(KeyEntity::new);
  }
}
