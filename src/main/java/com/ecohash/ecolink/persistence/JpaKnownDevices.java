package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.access.people.KnownDevices;
import com.ecohash.ecolink.ids.UserId;
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
          @Nullable KnownDeviceEntity known =
              entityManager.find(KnownDeviceEntity.class, device.hex());
          if (known != null) {
            known.seen(now);
            return known;
          }
          List<KnownDeviceEntity> others =
              entityManager
                  .createQuery(
                      "from KnownDeviceEntity where userId = :user order by seenAt desc, sha256",
                      KnownDeviceEntity.class)
                  .setParameter("user", user.value())
                  .setFirstResult(KEPT_FOR_A_USER - 1)
                  .getResultList();
          others.forEach(entityManager::remove);
          KnownDeviceEntity added = new KnownDeviceEntity(device, user, now);
          entityManager.persist(added);
          return added;
        });
  }
}
