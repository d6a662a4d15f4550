package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.InstanceId;
import jakarta.persistence.LockModeType;
import java.util.List;

/** The containers' credentials in the database, as a whole: for the start of a gateway. */
public final class StoredCredentials {
  private final Database database;

  public StoredCredentials(Database database) {
    this.database = database;
  }

  /**
   * Encrypts by the present key what is plain, from before there was one, or encrypted by the
   * previous key. Does nothing without a key.
   *
   * @return how many were
   */
  public int sealOutdated() {
    return database.transaction(
        entityManager -> {
          List<InstanceEntity> outdated =
              entityManager
                  .createQuery(
                      "from InstanceEntity where upstreamKey is not null", InstanceEntity.class)
                  .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                  .getResultStream()
                  .filter(instance -> instance.hasOutdatedUpstreamKey(database.secrets()))
                  .toList();
          outdated.forEach(instance -> instance.sealAnew(database.secrets()));
          return outdated.size();
        });
  }

  /** The instances that have not ended and whose credential no key at hand opens. */
  public List<InstanceId> locked() {
    return database.transaction(
        entityManager ->
            entityManager
                .createQuery(
                    "from InstanceEntity where upstreamKey is not null and terminatedAt is null",
                    InstanceEntity.class)
                .getResultStream()
                .filter(instance -> instance.hasLockedUpstreamKey(database.secrets()))
                .map(instance -> new InstanceId(instance.id()))
                .toList());
  }
}
