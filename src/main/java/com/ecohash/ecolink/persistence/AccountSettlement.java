package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.BalanceWarning;
import com.ecohash.ecolink.billing.BillingListener;
import com.ecohash.ecolink.billing.Burn;
import com.ecohash.ecolink.billing.GpuPeriod;
import com.ecohash.ecolink.billing.GpuRun;
import com.ecohash.ecolink.billing.GpuTime;
import com.ecohash.ecolink.billing.LedgerKind;
import com.ecohash.ecolink.billing.PriceBook;
import com.ecohash.ecolink.billing.WarningLadder;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.money.Money;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hibernate.Session;

/**
 * One account's GPU time, charged in one transaction: periods, ledger, roll-ups and balance; then
 * the warnings; and if nothing is left, the end of its custom instances. Locks the account, its
 * instances, their runs, in this order.
 */
final class AccountSettlement {
  static final String CREDIT_DEPLETED = "credit_depleted";

  private final AccountId account;
  private final Instant until;
  private final Instant now;
  private final List<GpuPeriod> periods = new ArrayList<>();
  private final List<InstanceId> stopped = new ArrayList<>();
  private Optional<BalanceWarning> warning = Optional.empty();
  private Money balance = Money.ZERO;

  /**
   * @param until running instances are charged up to here
   */
  AccountSettlement(AccountId account, Instant until, Instant now) {
    this.account = account;
    this.until = until;
    this.now = now;
  }

  void run(EntityManager entityManager) {
    PriceBook prices = BurnRows.gpuPrices(entityManager);
    Session session = entityManager.unwrap(Session.class);
    session.doWork(connection -> balance = lock(connection));
    Map<Long, InstanceEntity> instances = lockInstances(entityManager);
    session.doWork(connection -> charge(connection, instances, prices));
    if (isBelowZero() || (balance.isZero() && hasEverHadCredit(entityManager))) {
      stop(entityManager, instances);
    }
    session.doWork(connection -> warn(connection, prices));
    if (!stopped.isEmpty()) {
      Database.bumpCatalogVersion(entityManager);
    }
  }

  private Money lock(Connection connection) throws SQLException {
    return AccountRows.lock(connection, Set.of(account)).getOrDefault(account, Money.ZERO);
  }

  private Map<Long, InstanceEntity> lockInstances(EntityManager entityManager) {
    Map<Long, InstanceEntity> instances = new TreeMap<>();
    for (Object row :
        entityManager
            .createNativeQuery(
                "select i.* from instance i where i.id in (select g.instance_id from gpu_run g"
                    + " where not g.settled and g.account_id = :account) order by i.id for update",
                InstanceEntity.class)
            .setParameter("account", account.value())
            .getResultList()) {
      InstanceEntity instance = (InstanceEntity) row;
      instances.put(instance.id(), instance);
    }
    return instances;
  }

  private void charge(Connection connection, Map<Long, InstanceEntity> instances, PriceBook prices)
      throws SQLException {
    List<GpuRun> runs = GpuRunRows.lockUnsettled(connection, account);
    for (GpuRun run : runs) {
      periods.addAll(GpuTime.unsettled(run, until, prices));
    }
    GpuPeriodRows.insert(connection, periods, now);
    Map<AccountId, Money> before = Map.of(account, balance);
    Map<AccountId, Money> after = new HashMap<>(before);
    LedgerRows.write(connection, charges(instances), after, now);
    AccountRows.update(connection, before, after);
    RollupRows.addGpuTime(connection, periods);
    GpuRunRows.settle(connection, runs, until);
    balance = after.getOrDefault(account, balance);
  }

  /** One entry for each instance. */
  private List<LedgerRows.Charge> charges(Map<Long, InstanceEntity> instances) {
    Map<Long, List<GpuPeriod>> byInstance =
        periods.stream()
            .collect(
                Collectors.groupingBy(
                    period -> period.run().instance().value(), TreeMap::new, Collectors.toList()));
    List<LedgerRows.Charge> charges = new ArrayList<>();
    byInstance.forEach(
        (id, ofInstance) -> {
          Money cost = ofInstance.stream().map(GpuPeriod::cost).reduce(Money.ZERO, Money::plus);
          if (!cost.isZero()) {
            String name = instances.containsKey(id) ? instances.get(id).name() : "";
            charges.add(charge(ofInstance, name + ":" + id, cost));
          }
        });
    return charges;
  }

  private LedgerRows.Charge charge(List<GpuPeriod> ofInstance, String name, Money cost) {
    long gpuSeconds = ofInstance.stream().mapToLong(GpuPeriod::gpuSeconds).sum();
    Instant begin = ofInstance.stream().map(GpuPeriod::begin).min(Instant::compareTo).orElse(now);
    Instant end = ofInstance.stream().map(GpuPeriod::end).max(Instant::compareTo).orElse(now);
    return new LedgerRows.Charge(
        account,
        LedgerKind.GPU_USAGE,
        cost,
        null,
        name + ", " + gpuSeconds + " GPU-seconds, " + begin + " to " + end,
        end);
  }

  private boolean isBelowZero() {
    return balance.compareTo(Money.ZERO) < 0;
  }

  /** Who never had any cannot run out of it, as long as nothing is owed. */
  private boolean hasEverHadCredit(EntityManager entityManager) {
    return !entityManager
        .createQuery(
            "select id from LedgerEntryEntity where accountId = :account and kind <> 'gpu_usage'",
            Long.class)
        .setParameter("account", account.value())
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  private void stop(EntityManager entityManager, Map<Long, InstanceEntity> instances) {
    instances.values().stream()
        .filter(InstanceEntity::isRunning)
        .forEach(
            instance -> {
              instance.terminate(now, CREDIT_DEPLETED);
              GpuRunRows.end(entityManager, instance.id(), until);
              stopped.add(new InstanceId(instance.id()));
            });
    // Nothing is left to charge: they end where they are charged to.
    entityManager
        .unwrap(Session.class)
        .doWork(
            connection ->
                GpuRunRows.settle(
                    connection, GpuRunRows.lockUnsettled(connection, account), until));
  }

  private void warn(Connection connection, PriceBook prices) throws SQLException {
    Burn burn = BurnRows.read(connection, account, prices, now);
    List<BalanceWarning> standing = new ArrayList<>();
    for (BalanceWarning open : WarningRows.open(connection, account)) {
      if (WarningLadder.stands(open, balance, burn)) {
        standing.add(open);
      } else {
        WarningRows.clear(connection, account, open.minutes(), now);
      }
    }
    Optional<Integer> step =
        WarningLadder.next(standing, balance, burn)
            .filter(minutes -> minutes > 0 || !stopped.isEmpty());
    if (step.isPresent()) {
      BalanceWarning fresh = new BalanceWarning(step.get(), balance, burn.perHour(), now);
      WarningRows.insert(connection, account, fresh);
      warning = Optional.of(fresh);
    }
  }

  boolean hasCharged() {
    return !periods.isEmpty();
  }

  boolean hasStopped() {
    return !stopped.isEmpty();
  }

  /** Says what was done, once it is committed. */
  void tell(BillingListener listener) {
    if (hasCharged()) {
      listener.settled(account, periods.stream().mapToLong(GpuPeriod::gpuSeconds).sum());
    }
    warning.ifPresent(fresh -> listener.warned(account, fresh));
    if (hasStopped()) {
      listener.stopped(account, List.copyOf(stopped));
    }
  }
}
