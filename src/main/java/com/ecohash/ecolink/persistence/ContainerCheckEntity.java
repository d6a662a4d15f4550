package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.conformance.CheckReport;
import com.ecohash.ecolink.ids.InstanceId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code container_check}. */
@Entity
@Table(name = "container_check")
class ContainerCheckEntity {
  @Id
  @Column(name = "instance_id")
  private long instanceId;

  @Column(name = "checked_at")
  private Instant checkedAt;

  @Column(name = "report", columnDefinition = "text")
  private String report;

  @SuppressWarnings("NullAway.Init")
  ContainerCheckEntity() {} // for JPA

  ContainerCheckEntity(InstanceId instance, CheckReport report) {
    this.instanceId = instance.value();
    this.checkedAt = report.checkedAt();
    this.report = FindingsText.write(report.replicas());
  }

  CheckReport toReport() {
    return new CheckReport(checkedAt, FindingsText.read(report));
  }
}
