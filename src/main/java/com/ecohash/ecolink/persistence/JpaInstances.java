package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.instances.DeployedInstance;
import com.ecohash.ecolink.instances.InstanceFilter;
import com.ecohash.ecolink.instances.InstanceState;
import com.ecohash.ecolink.instances.Instances;
import com.ecohash.ecolink.instances.Launch;
import com.ecohash.ecolink.instances.Replica;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.hibernate.exception.ConstraintViolationException;

/** Instances and their replicas in the database. */
public final class JpaInstances implements Instances {
  private final Database database;
  private final Clock clock;

  public JpaInstances(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Optional<DeployedInstance> launch(Launch launch) {
    try {
      return database.change(
          entityManager ->
              launch.platform() && hasPlatformModel(entityManager, launch.name())
                  ? Optional.empty()
                  : Optional.of(persist(entityManager, launch)));
    } catch (ConstraintViolationException e) {
      if (launch.platform()) {
        return Optional.empty(); // another node was faster to take the name
      }
      throw e;
    }
  }

  private static boolean hasPlatformModel(EntityManager entityManager, String name) {
    return entityManager
            .createQuery(
                "select count(*) from InstanceEntity where platformName = :name", Long.class)
            .setParameter("name", name)
            .getSingleResult()
        > 0;
  }

  private DeployedInstance persist(EntityManager entityManager, Launch launch) {
    InstanceEntity instance = new InstanceEntity(launch, InstanceState.STARTING, Times.now(clock));
    entityManager.persist(instance);
    launch.upstreamKey().ifPresent(key -> instance.sealUpstreamKey(key, database.secrets()));
    launch.endpoints().entrySet().stream()
        .sorted(Map.Entry.comparingByKey((a, b) -> a.value().compareTo(b.value())))
        .forEach(
            entry ->
                entityManager.persist(
                    new ReplicaEntity(instance.id(), entry.getKey(), entry.getValue())));
    entityManager.flush();
    return withReplicas(entityManager, List.of(instance)).get(0);
  }

  @Override
  public List<DeployedInstance> list(
      AccountId account, InstanceFilter filter, Optional<InstanceId> before, int limit) {
    Conditions conditions =
        new Conditions()
            .and("accountId = :account", "account", account.value())
            .and("id < :before", "before", before.map(InstanceId::value))
            .andOneOf("state", names(filter.states(), InstanceState::wireName))
            .andOneOf("category", names(filter.categories(), Category::wireName))
            .andOneOf("mode", names(filter.modes(), mode -> mode.name().toLowerCase(Locale.ROOT)));
    return database.transaction(
        entityManager ->
            withReplicas(
                entityManager,
                conditions
                    .bind(
                        entityManager.createQuery(
                            "from InstanceEntity" + conditions + " order by id desc",
                            InstanceEntity.class))
                    .setMaxResults(limit)
                    .getResultList()));
  }

  private static <E> List<String> names(Set<E> wanted, Function<E, String> name) {
    return wanted.stream().map(name).sorted().toList();
  }

  @Override
  public Optional<DeployedInstance> find(AccountId account, InstanceId id) {
    return database.transaction(
        entityManager ->
            withReplicas(entityManager, one(entityManager, account, id, LockModeType.NONE)).stream()
                .findFirst());
  }

  @Override
  public Optional<DeployedInstance> find(InstanceId id) {
    return database.transaction(
        entityManager ->
            Optional.ofNullable(entityManager.find(InstanceEntity.class, id.value()))
                .map(instance -> withReplicas(entityManager, List.of(instance)).get(0)));
  }

  @Override
  public Optional<DeployedInstance> terminate(AccountId account, InstanceId id, String reason) {
    return ended(account, id, (instance, now) -> instance.terminate(now, reason));
  }

  @Override
  public Optional<DeployedInstance> stop(AccountId account, InstanceId id, String reason) {
    return ended(account, id, (instance, now) -> instance.stop(now, reason));
  }

  /** Its GPU time ends in the same transaction. */
  private Optional<DeployedInstance> ended(
      AccountId account, InstanceId id, BiConsumer<InstanceEntity, Instant> end) {
    return database.change(
        entityManager -> {
          List<InstanceEntity> found =
              one(entityManager, account, id, LockModeType.PESSIMISTIC_WRITE);
          for (InstanceEntity instance : found) {
            Instant now = Times.now(clock);
            end.accept(instance, now);
            GpuRunRows.end(entityManager, instance.id(), now);
          }
          return withReplicas(entityManager, found).stream().findFirst();
        });
  }

  @Override
  public boolean ready(InstanceId id) {
    return database.changeIf(
        entityManager -> {
          boolean ready = StateChanges.ready(entityManager, id, clock);
          if (ready) {
            GpuRunRows.begin(entityManager, id.value(), Times.now(clock));
          }
          return ready;
        });
  }

  @Override
  public boolean fail(InstanceId id, String reason) {
    return database.changeIf(entityManager -> StateChanges.fail(entityManager, id, reason, clock));
  }

  @Override
  public void left(InstanceId id, String node) {
    database.transaction(entityManager -> StateChanges.left(entityManager, id, node));
  }

  @Override
  public boolean endStopped(InstanceId id, Duration nodeSilence, Duration longest) {
    return database.changeIf(
        entityManager -> StateChanges.end(entityManager, id, nodeSilence, longest, clock));
  }

  private static List<InstanceEntity> one(
      EntityManager entityManager, AccountId account, InstanceId id, LockModeType lock) {
    return entityManager
        .createQuery(
            "from InstanceEntity where accountId = :account and id = :id", InstanceEntity.class)
        .setParameter("account", account.value())
        .setParameter("id", id.value())
        .setLockMode(lock)
        .getResultList();
  }

  private List<DeployedInstance> withReplicas(
      EntityManager entityManager, List<InstanceEntity> instances) {
    Map<Long, List<Replica>> replicas = ReplicaLoader.load(entityManager, instances);
    return instances.stream()
        .map(
            instance ->
                instance.toDeployedInstance(
                    replicas.getOrDefault(instance.id(), List.of()), database.secrets()))
        .toList();
  }
}
