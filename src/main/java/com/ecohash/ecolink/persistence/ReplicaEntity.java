package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.instances.Replica;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of {@code replica}. */
@Entity
@Table(name = "replica")
class ReplicaEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  @Column(name = "instance_id")
  private long instanceId;

  @Column(name = "region_id")
  private String regionId;

  private @Nullable String endpoint;

  @SuppressWarnings("NullAway.Init")
  ReplicaEntity() {} // for JPA

  ReplicaEntity(long instanceId, RegionId region, URI endpoint) {
    this.instanceId = instanceId;
    this.regionId = region.value();
    this.endpoint = endpoint.toString();
  }

  long instanceId() {
    return instanceId;
  }

  String regionId() {
    return regionId;
  }

  /** Empty as long as no runtime has made the container. */
  Optional<Replica> toReplica(boolean draining) {
    return Optional.ofNullable(endpoint)
        .map(
            url ->
                new Replica(new ReplicaId(id), new RegionId(regionId), URI.create(url), draining));
  }
}
