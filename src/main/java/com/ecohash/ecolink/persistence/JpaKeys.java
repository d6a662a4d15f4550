package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.IssuedKey;
import com.ecohash.ecolink.access.Keys;
import com.ecohash.ecolink.access.NewKey;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.KeyId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Issued keys in the database. */
public final class JpaKeys implements Keys {
  private final Database database;
  private final Clock clock;

  public JpaKeys(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public IssuedKey create(NewKey key) {
    return database.change(
        entityManager -> {
          KeyEntity entity = new KeyEntity(key, Times.now(clock));
          entityManager.persist(entity);
          return entity.toIssuedKey();
        });
  }

  @Override
  public List<IssuedKey> list(
      AccountId account, boolean playground, Optional<KeyId> before, int limit) {
    Conditions conditions =
        new Conditions()
            .and("accountId = :account", "account", account.value())
            .and("id < :before", "before", before.map(KeyId::value));
    if (!playground) {
      conditions.and("userId is null");
    }
    return database.transaction(
        entityManager ->
            conditions
                .bind(
                    entityManager.createQuery(
                        "from KeyEntity" + conditions + " order by id desc", KeyEntity.class))
                .setMaxResults(limit)
                .getResultStream()
                .map(KeyEntity::toIssuedKey)
                .toList());
  }

  @Override
  public Revocation revoke(AccountId account, KeyId key) {
    return database.transaction(
        entityManager -> {
          List<KeyEntity> found = lock(entityManager, account, key);
          if (found.isEmpty()) {
            return Revocation.NOT_FOUND;
          }
          if (found.get(0).isRevoked()) {
            return Revocation.DONE_BEFORE;
          }
          found.get(0).revoke(Times.now(clock));
          Database.bumpCatalogVersion(entityManager);
          return Revocation.DONE;
        });
  }

  private static List<KeyEntity> lock(EntityManager entityManager, AccountId account, KeyId key) {
    return entityManager
        .createQuery("from KeyEntity where accountId = :account and id = :id", KeyEntity.class)
        .setParameter("account", account.value())
        .setParameter("id", key.value())
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }
}
