package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.ApiKey;
import com.ecohash.ecolink.access.KeyDirectory;
import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.billing.PriceBook;
import com.ecohash.ecolink.catalog.Catalog;
import com.ecohash.ecolink.catalog.CatalogSource;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.instances.InstanceDirectory;
import com.ecohash.ecolink.instances.Region;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.money.Money;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the catalog out of the database. Revoked and expired keys are not in it. */
public final class JpaCatalogSource implements CatalogSource {
  private final Database database;
  private final Clock clock;

  public JpaCatalogSource(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public long currentVersion() {
    return database.transaction(JpaCatalogSource::version);
  }

  @Override
  public Catalog load() {
    // The version first: what changes while the rest is read raises it, and is read once more.
    return database.transaction(
        entityManager ->
            new Catalog(
                version(entityManager),
                keys(entityManager),
                instances(entityManager),
                regions(entityManager),
                prices(entityManager),
                balances(entityManager)));
  }

  private static long version(EntityManager entityManager) {
    return entityManager
        .createQuery("select version from CatalogVersionEntity", Long.class)
        .getSingleResult();
  }

  private KeyDirectory keys(EntityManager entityManager) {
    Map<KeyHash, ApiKey> byHash =
        entityManager
            .createQuery(
                "from KeyEntity where revokedAt is null"
                    + " and (expiresAt is null or expiresAt > :now)",
                KeyEntity.class)
            .setParameter("now", clock.instant())
            .getResultStream()
            .collect(Collectors.toMap(KeyEntity::hash, KeyEntity::toApiKey));
    return new KeyDirectory(byHash);
  }

  private InstanceDirectory instances(EntityManager entityManager) {
    List<InstanceEntity> running =
        entityManager
            .createQuery("from InstanceEntity where terminatedAt is null", InstanceEntity.class)
            .getResultList();
    Map<Long, List<Replica>> replicas = ReplicaLoader.loadRunning(entityManager);
    return new InstanceDirectory(
        running.stream()
            .map(
                instance ->
                    instance.toInstance(
                        replicas.getOrDefault(instance.id(), List.of()), database.secrets()))
            .toList(),
        entityManager
            .createQuery("from InstanceEntity where terminatedAt is not null", InstanceEntity.class)
            .getResultStream()
            .map(instance -> instance.toInstance(List.of(), database.secrets()))
            .toList());
  }

  private static List<Region> regions(EntityManager entityManager) {
    return entityManager
        .createQuery("from RegionEntity order by id", RegionEntity.class)
        .getResultStream()
        .map(RegionEntity::toRegion)
        .toList();
  }

  private static PriceBook prices(EntityManager entityManager) {
    return new PriceBook(
        entityManager
            .createQuery("from PriceEntity order by id", PriceEntity.class)
            .getResultStream()
            .map(PriceEntity::toPrice)
            .toList());
  }

  private static Map<AccountId, Money> balances(EntityManager entityManager) {
    return entityManager
        .createQuery("from AccountEntity", AccountEntity.class)
        .getResultStream()
        .collect(Collectors.toMap(AccountEntity::id, AccountEntity::balance));
  }
}
