package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.instances.Region;
import com.ecohash.ecolink.instances.Regions;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** Regions in the database. */
public final class JpaRegions implements Regions {
  private final Database database;
  private final Clock clock;

  public JpaRegions(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public boolean create(Region region) {
    try {
      return database.change(
          entityManager -> {
            if (entityManager.find(RegionEntity.class, region.id().value()) != null) {
              return false;
            }
            entityManager.persist(new RegionEntity(region, Times.now(clock)));
            return true;
          });
    } catch (ConstraintViolationException e) {
      return false; // another node was faster: the id is the only constraint a region can break
    }
  }

  @Override
  public Optional<Region> update(RegionId id, Optional<String> name, Optional<Boolean> draining) {
    return database.change(
        entityManager -> {
          @Nullable RegionEntity region =
              entityManager.find(RegionEntity.class, id.value(), LockModeType.PESSIMISTIC_WRITE);
          if (region == null) {
            return Optional.empty();
          }
          name.ifPresent(region::setName);
          draining.ifPresent(region::setDraining);
          return Optional.of(region.toRegion());
        });
  }

  @Override
  public List<Region> list() {
    return database.transaction(
        entityManager ->
            entityManager
                .createQuery("from RegionEntity order by id", RegionEntity.class)
                .getResultStream()
                .map(RegionEntity::toRegion)
                .toList());
  }
}
