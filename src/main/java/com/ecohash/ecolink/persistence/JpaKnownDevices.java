package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.access.people.KnownDevices;
import com.ecohash.ecolink.ids.UserId;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Known devices in the database: for each user the last few. */
public final class JpaKnownDevices implements KnownDevices {
  private static final int KEPT_FOR_A_USER = 20;

  private final Database database;
  private final Clock clock;

  public JpaKnownDevices(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public boolean isKnown(UserId user, KeyHash device) {
    return database.transaction(
        entityManager -> {
          @Nullable KnownDeviceEntity found =
              entityManager.find(KnownDeviceEntity.class, device.hex());
          return found != null
              && found.isOf(user)
              && found.seenAt().isAfter(clock.instant().minus(KEPT));
        });
  }

  @Override
  public void remember(UserId user, KeyHash device) {
    Instant now = Times.now(clock);
    database.transaction(
        entityManager -> {
          // Two sign-ins at once would drop the same device. Nobody is there if just removed.
          boolean isUser = UserEntity.lock(entityManager, user).isPresent();
          if (isUser && !sawAgain(entityManager, device, now)) {
            dropOldest(entityManager, user);
            entityManager.persist(new KnownDeviceEntity(device, user, now));
          }
          return isUser;
        });
  }

  private static boolean sawAgain(EntityManager entityManager, KeyHash device, Instant now) {
    return entityManager
            .createQuery("update KnownDeviceEntity set seenAt = :now where sha256 = :device")
            .setParameter("now", now)
            .setParameter("device", device.hex())
            .executeUpdate()
        > 0;
  }

  /** By a statement, which does not mind that the cleaning removes them at the same time. */
  private static void dropOldest(EntityManager entityManager, UserId user) {
    List<String> surplus =
        entityManager
            .createQuery(
                "select sha256 from KnownDeviceEntity where userId = :user"
                    + " order by seenAt desc, sha256",
                String.class)
            .setParameter("user", user.value())
            .setFirstResult(KEPT_FOR_A_USER - 1)
            .getResultList();
    if (!surplus.isEmpty()) {
      entityManager
          .createQuery("delete KnownDeviceEntity where sha256 in :surplus")
          .setParameter("surplus", surplus)
          .executeUpdate();
    }
  }
}
