package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.instances.Replica;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the replicas of many instances with two queries, whatever their number: lists by the
 * instance's id, in which an instance without replicas is missing.
 */
final class ReplicaLoader {
  private ReplicaLoader() {}

  static Map<Long, List<Replica>> load(
      EntityManager entityManager, Collection<InstanceEntity> instances) {
    return byInstance(
        entityManager,
        entityManager
            .createQuery(
                "from ReplicaEntity where instanceId in :instances order by id",
                ReplicaEntity.class)
            .setParameter("instances", instances.stream().map(InstanceEntity::id).toList())
            .getResultStream());
  }

  /** Those of all instances that have not ended. */
  static Map<Long, List<Replica>> loadRunning(EntityManager entityManager) {
    return byInstance(
        entityManager,
        entityManager
            .createQuery(
                "select r from ReplicaEntity r join InstanceEntity i on i.id = r.instanceId"
                    + " where i.terminatedAt is null order by r.id",
                ReplicaEntity.class)
            .getResultStream());
  }

  private static Map<Long, List<Replica>> byInstance(
      EntityManager entityManager, Stream<ReplicaEntity> entities) {
    Set<String> draining =
        new HashSet<>(
            entityManager
                .createQuery("select id from RegionEntity where draining", String.class)
                .getResultList());
    Map<Long, List<Replica>> byInstance = new HashMap<>();
    entities.forEach(
        entity ->
            entity
                .toReplica(draining.contains(entity.regionId()))
                .ifPresent(
                    replica ->
                        byInstance
                            .computeIfAbsent(entity.instanceId(), id -> new ArrayList<>())
                            .add(replica)));
    return byInstance;
  }
}
