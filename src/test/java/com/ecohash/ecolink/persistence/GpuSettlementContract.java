package com.ecohash.ecolink.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.billing.BalanceWarning;
import com.ecohash.ecolink.billing.BillingListener;
import com.ecohash.ecolink.billing.Burn;
import com.ecohash.ecolink.billing.GpuPeriod;
import com.ecohash.ecolink.billing.LedgerEntry;
import com.ecohash.ecolink.billing.LedgerKind;
import com.ecohash.ecolink.billing.Price;
import com.ecohash.ecolink.billing.PriceSubject;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.instances.DeployedInstance;
import com.ecohash.ecolink.instances.InstanceState;
import com.ecohash.ecolink.metering.UsageFilter;
import com.ecohash.ecolink.metering.UsageSum;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every database owes to the settlement of GPU time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GpuSettlementContract {
  private static final Instant NOON = TestingWorld.NOON;

  private final DatabaseSettings settings;
  private final Database database;
  private final JpaUsageQueries usage;
  private final List<BalanceWarning> warnings = new ArrayList<>();
  private final List<InstanceId> stopped = new ArrayList<>();

  /** Hears of this test's account alone; those of other tests share the database. */
  private final BillingListener listener =
      new BillingListener() {
        @Override
        public void warned(AccountId of, BalanceWarning warning) {
          if (of.equals(account)) {
            warnings.add(warning);
          }
        }

        @Override
        public void stopped(AccountId of, List<InstanceId> instances) {
          if (of.equals(account)) {
            stopped.addAll(instances);
          }
        }
      };

  private TestingClock clock = new TestingClock(NOON);
  private AccountId account = new AccountId(1);
  private String gpu = "";

  GpuSettlementContract(TestingDatabase kind) {
    settings = kind.fresh();
    database = Database.open(settings);
    usage = new JpaUsageQueries(database);
  }

  @AfterAll
  void close() {
    database.close();
  }

  @BeforeEach
  void begin() {
    clock = new TestingClock(NOON);
    account = TestingWorld.account(database);
    gpu = "GPU-" + account;
    warnings.clear();
    stopped.clear();
    price(Optional.empty(), "3.60", NOON.minus(Duration.ofDays(1)));
  }

  private void price(Optional<String> region, String hourly, Instant from) {
    assertThat(
            new JpaPrices(database, clock)
                .add(
                    new Price(
                        new PriceSubject.OfGpuType(gpu, region.map(RegionId::new)),
                        PricedUnit.GPU_HOURS,
                        Money.parse(hourly),
                        from)))
        .isTrue();
  }

  private GpuSettlement node(Database on) {
    return new GpuSettlement(on, clock, Duration.ofMinutes(1), listener);
  }

  private void settle() {
    node(database).settle();
  }

  private InstanceId launch(int gpus, String... regions) {
    return TestingWorld.launchCustom(database, clock, account, gpu, gpus, regions).instance().id();
  }

  private Money balance() {
    return new JpaLedger(database, clock).balance(account);
  }

  private DeployedInstance instance(InstanceId id) {
    return new JpaInstances(database, clock).find(account, id).orElseThrow();
  }

  private List<GpuPeriod> periods() {
    return new JdbcBillingQueries(database, clock)
        .gpuTime(UsageFilter.of(account), Optional.empty(), 1_000);
  }

  @Test
  void chargesByTheMinutePerReplicaAndGpuToTheSecond() {
    TestingWorld.topUp(database, account, "100");
    clock.advance(Duration.ofMillis(10_400));
    InstanceId id = launch(2, "us-west", "eu");
    clock.advance(Duration.ofSeconds(79));
    settle(); // 50 s of the first minute, of 2 GPUs in 2 regions, at $3.60 an hour
    assertThat(balance()).isEqualTo(Money.parse("99.80"));
    settle();
    assertThat(balance()).isEqualTo(Money.parse("99.80"));
    clock.advance(Duration.ofSeconds(11)); // 12:01:40.4
    new JpaInstances(database, clock).terminate(account, id, "stopped");
    settle(); // the last 40 s at once, whatever the minute
    assertThat(balance()).isEqualTo(Money.parse("99.64"));
    clock.advance(Duration.ofHours(3));
    settle();
    assertThat(balance()).isEqualTo(Money.parse("99.64"));
    UsageSum total = usage.total(UsageFilter.of(account));
    assertThat(total.gpuSeconds()).isEqualTo(360);
    assertThat(total.cost()).isEqualTo(Money.parse("0.36")).isEqualTo(total.gpuCost());
    assertThat(total.requests()).isZero();
    assertThat(TestingWorld.ledger(database, account))
        .filteredOn(entry -> entry.kind() == LedgerKind.GPU_USAGE)
        .extracting(LedgerEntry::amount)
        .containsExactly(Money.parse("-0.20"), Money.parse("-0.16"));
    assertThat(periods()).hasSize(4);
    LedgerChain.assertSound(database, account);
  }

  @Test
  void chargesEachSecondAtThePriceItBeganWith() {
    TestingWorld.topUp(database, account, "100");
    price(Optional.of("eu"), "7.20", NOON.plusSeconds(30));
    price(Optional.empty(), "36.00", NOON.plusMillis(40_500));
    launch(1, "us-west", "eu");
    clock.advance(Duration.ofMinutes(1));
    settle();
    // us-west: 41 s at 0.001, 19 s at 0.01; eu: 30 s at 0.001, 30 s at its own 0.002.
    assertThat(balance()).isEqualTo(Money.parse("99.679"));
    assertThat(periods())
        .filteredOn(period -> period.run().region().value().equals("eu"))
        .extracting(GpuPeriod::begin, GpuPeriod::seconds, GpuPeriod::rate)
        .contains(
            org.assertj.core.groups.Tuple.tuple(NOON, 30L, Money.parse("3.60")),
            org.assertj.core.groups.Tuple.tuple(NOON.plusSeconds(30), 11L, Money.parse("7.20")));
  }

  @Test
  void catchesUpAfterDowntimeHourByHour() {
    TestingWorld.topUp(database, account, "100");
    clock.advance(Duration.ofMinutes(30));
    launch(1, "us-west");
    clock.advance(Duration.ofHours(3));
    settle();
    assertThat(balance()).isEqualTo(Money.parse("89.20"));
    assertThat(periods())
        .extracting(GpuPeriod::seconds)
        .containsExactly(1_800L, 3_600L, 3_600L, 1_800L);
    UsageFilter lastHour =
        UsageFilter.of(account)
            .between(NOON.plus(Duration.ofHours(3)), NOON.plus(Duration.ofHours(4)));
    assertThat(usage.total(lastHour).gpuSeconds()).isEqualTo(1_800);
  }

  @Test
  void warnsOnceOnTheWayDownAndStopsWhatCannotBePaid() {
    TestingWorld.topUp(database, account, "4.20"); // 70 minutes at $3.60 an hour
    InstanceId id = launch(1, "us-west");
    for (int minute = 0; minute < 75; minute++) {
      clock.advance(Duration.ofMinutes(1));
      settle();
    }
    assertThat(warnings).extracting(BalanceWarning::minutes).containsExactly(60, 30, 10, 5, 0);
    assertThat(stopped).containsExactly(id);
    assertThat(instance(id).instance().state()).isEqualTo(InstanceState.TERMINATED);
    assertThat(instance(id).termination().orElseThrow().reason()).isEqualTo("credit_depleted");
    assertThat(balance()).isEqualTo(Money.ZERO);
    assertThat(new JdbcBillingQueries(database, clock).standing(account).warnings()).hasSize(5);
    LedgerChain.assertSound(database, account);
  }

  @Test
  void warnsAgainAfterTheBalanceHasRisen() {
    TestingWorld.topUp(database, account, "0.60"); // 10 minutes
    launch(1, "us-west");
    clock.advance(Duration.ofMinutes(1));
    settle();
    TestingWorld.topUp(database, account, "60");
    clock.advance(Duration.ofMinutes(1));
    settle();
    assertThat(new JdbcBillingQueries(database, clock).standing(account).warnings()).isEmpty();
    clock.advance(Duration.ofMinutes(1_000));
    settle();
    assertThat(warnings).extracting(BalanceWarning::minutes).containsExactly(10, 10);
  }

  @Test
  void stopsCustomInstancesOfAnAccountThatSpentAllOnExchanges() {
    TestingWorld.topUp(database, account, "0.01");
    InstanceId id = launch(0, "us-west");
    settle();
    assertThat(stopped).isEmpty();
    new JdbcUsageStore(database, clock)
        .store(List.of(TestingWorld.record(account, Money.parse("0.02").nanoDollars())));
    settle();
    assertThat(stopped).containsExactly(id);
    assertThat(periods()).isEmpty();
  }

  @Test
  void leavesAloneWhatNeverHadCredit() {
    InstanceId id = launch(0, "us-west");
    clock.advance(Duration.ofMinutes(5));
    settle();
    assertThat(instance(id).instance().state()).isEqualTo(InstanceState.RUNNING);
    assertThat(warnings).isEmpty();
  }

  @Test
  void stopsWhatOwesWithoutEverHavingHadCredit() {
    price(Optional.empty(), "0", NOON);
    InstanceId id = launch(1, "us-west");
    clock.advance(Duration.ofMinutes(2));
    settle();
    assertThat(instance(id).instance().state()).isEqualTo(InstanceState.RUNNING);
    price(Optional.empty(), "3.60", NOON.plusSeconds(150));
    clock.advance(Duration.ofMinutes(2));
    settle();
    assertThat(balance()).isEqualTo(Money.parse("-0.09"));
    assertThat(stopped).containsExactly(id);
    clock.advance(Duration.ofHours(1));
    settle();
    assertThat(balance()).isEqualTo(Money.parse("-0.09"));
  }

  @Test
  void settlesAtAPriceWhoseHourIsMoreThanMoneyHolds() {
    price(Optional.empty(), "9000000000", NOON.plusSeconds(60));
    TestingWorld.topUp(database, account, "1");
    InstanceId id = launch(2, "us-west");
    clock.advance(Duration.ofSeconds(60));
    settle();
    assertThat(new JdbcBillingQueries(database, clock).standing(account).burn().perHour())
        .isEqualTo(new Money(Long.MAX_VALUE));
    clock.advance(Duration.ofSeconds(60));
    settle();
    assertThat(balance()).isEqualTo(Money.parse("-299999999.12"));
    assertThat(stopped).containsExactly(id);
  }

  @Test
  void countsStretchesNoFurtherThanAsked() {
    TestingWorld.topUp(database, account, "100");
    launch(1, "us-west");
    clock.advance(Duration.ofHours(3));
    settle();
    JdbcBillingQueries queries = new JdbcBillingQueries(database, clock);
    UsageFilter all = UsageFilter.of(account);
    assertThat(queries.countGpuTime(all, 10)).isEqualTo(3);
    assertThat(queries.countGpuTime(all, 2)).isEqualTo(2);
    assertThat(queries.countGpuTime(all.between(NOON, NOON.plusSeconds(3_600)), 10)).isEqualTo(1);
  }

  @Test
  void tellsWhatAnHourCosts() {
    TestingWorld.topUp(database, account, "10");
    clock.advance(Duration.ofMinutes(15));
    launch(2, "us-west", "eu");
    new JdbcUsageStore(database, clock)
        .store(
            List.of(
                at(NOON.minusSeconds(600), "0.40"),
                at(NOON.plusSeconds(5), "0.10"),
                at(NOON.minus(Duration.ofHours(2)), "5")));
    Burn burn = new JdbcBillingQueries(database, clock).standing(account).burn();
    assertThat(burn.gpu()).isEqualTo(Money.parse("14.40"));
    assertThat(burn.api()).isEqualTo(Money.parse("0.40")); // 0.10, and 45 minutes of 0.40
    assertThat(burn.hoursLeft(Money.parse("7.40"))).contains(new BigDecimal("0.50"));
    assertThat(new JdbcBillingQueries(database, clock).standing(account).balance())
        .isEqualTo(balance());
    assertThat(Burn.NONE.hoursLeft(Money.parse("1"))).isEmpty();
  }

  private com.ecohash.ecolink.metering.UsageRecord at(Instant time, String cost) {
    return TestingWorld.record(
        account,
        TestingWorld.requestId(),
        time,
        1,
        Optional.empty(),
        Money.parse(cost).nanoDollars());
  }

  @Test
  void nodesThatCompeteChargeEachSecondOnce() throws Exception {
    TestingWorld.topUp(database, account, "1000");
    launch(4, "us-west", "eu", "ap");
    ExecutorService nodes = Executors.newFixedThreadPool(3);
    try (Database other = Database.open(settings)) {
      for (int minute = 0; minute < 10; minute++) {
        clock.advance(Duration.ofMinutes(1));
        List<Future<?>> running = new ArrayList<>();
        for (Database on : List.of(database, other, other)) {
          running.add(nodes.submit((Callable<Boolean>) () -> node(on).settle(account)));
        }
        for (Future<?> node : running) {
          node.get();
        }
      }
    } finally {
      nodes.shutdownNow();
    }
    assertThat(usage.total(UsageFilter.of(account)).gpuSeconds()).isEqualTo(10 * 60 * 12);
    assertThat(balance()).isEqualTo(Money.parse("992.80"));
    LedgerChain.assertSound(database, account);
  }
}
