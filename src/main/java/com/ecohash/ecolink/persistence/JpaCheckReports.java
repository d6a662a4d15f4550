package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.conformance.CheckReport;
import com.ecohash.ecolink.conformance.CheckReports;
import com.ecohash.ecolink.ids.InstanceId;
import java.util.Optional;

/** The last report of each instance in the database. */
public final class JpaCheckReports implements CheckReports {
  private final Database database;

  public JpaCheckReports(Database database) {
    this.database = database;
  }

  @Override
  public void save(InstanceId instance, CheckReport report) {
    ContainerCheckEntity unused =
        database.transaction(
            entityManager -> {
              // The instance's row orders those who save at the same time.
              entityManager.find(
                  InstanceEntity.class,
                  instance.value(),
                  jakarta.persistence.LockModeType.PESSIMISTIC_WRITE);
              return entityManager.merge(new ContainerCheckEntity(instance, report));
            });
  }

  @Override
  public Optional<CheckReport> last(InstanceId instance) {
    return database.transaction(
        entityManager ->
            Optional.ofNullable(entityManager.find(ContainerCheckEntity.class, instance.value()))
                .map(ContainerCheckEntity::toReport));
  }
}
