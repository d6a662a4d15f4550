package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.instances.Region;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;

/** A row of {@code region}. */
@Entity
@Table(name = "region")
class RegionEntity {
  @Id private String id;
  private String name;
  private String runtime;
  private boolean draining;

  @Column(name = "created_at")
  private Instant createdAt;

  @SuppressWarnings("NullAway.Init")
  RegionEntity() {} // for JPA

  RegionEntity(Region region, Instant createdAt) {
    this.id = region.id().value();
    this.name = region.name();
    this.runtime = region.runtime().name().toLowerCase(Locale.ROOT);
    this.draining = region.draining();
    this.createdAt = createdAt;
  }

  void setName(String name) {
    this.name = name;
  }

  void setDraining(boolean draining) {
    this.draining = draining;
  }

  Region toRegion() {
    return new Region(
        new RegionId(id), name, Region.Runtime.valueOf(runtime.toUpperCase(Locale.ROOT)), draining);
  }
}
