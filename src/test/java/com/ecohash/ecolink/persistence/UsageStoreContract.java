package com.ecohash.ecolink.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecohash.ecolink.billing.LedgerKind;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.ImageSize;
import com.ecohash.ecolink.metering.Receipt;
import com.ecohash.ecolink.metering.UsageFilter;
import com.ecohash.ecolink.metering.UsageGroup;
import com.ecohash.ecolink.metering.UsageGrouping;
import com.ecohash.ecolink.metering.UsagePosition;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.UsageSum;
import com.ecohash.ecolink.money.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every database owes to the usage store and its queries. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class UsageStoreContract {
  private final DatabaseSettings settings;
  private final Database database;
  private final JdbcUsageStore store;
  private final JpaUsageQueries queries;

  UsageStoreContract(TestingDatabase kind) {
    settings = kind.fresh();
    database = Database.open(settings);
    store = new JdbcUsageStore(database, TestingWorld.CLOCK);
    queries = new JpaUsageQueries(database);
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void readsBackEveryFactOfARecord() {
    UsageRecord record = TestingWorld.record(TestingWorld.account(database), 1_234);
    store.store(List.of(record));
    assertThat(queries.find(record.start().account(), record.id())).contains(record);
  }

  @Test
  void readsBackAnInterruptedExchangeWithoutKeyAndCategory() {
    ExchangeStart full = TestingWorld.record(TestingWorld.account(database), 0).start();
    ExchangeStart bare =
        new ExchangeStart(
            full.id(),
            full.startedAt(),
            full.account(),
            Optional.empty(),
            full.instance(),
            Optional.empty(),
            "",
            false,
            full.rates());
    UsageRecord record = UsageRecord.interrupted(bare);
    store.store(List.of(record));
    assertThat(queries.find(bare.account(), bare.id())).contains(record);
    assertThat(queries.total(UsageFilter.of(bare.account())).errors()).isEqualTo(1);
  }

  @Test
  void readsBackTheSizeOfImages() {
    ExchangeStart start = TestingWorld.record(TestingWorld.account(database), 0).start();
    ExchangeStart sized =
        new ExchangeStart(
            start.id(),
            start.startedAt(),
            start.account(),
            start.key(),
            start.instance(),
            Optional.of(Category.IMAGE),
            start.model(),
            false,
            Optional.of(new ImageSize(1024, 1536)),
            start.rates());
    UsageRecord record = UsageRecord.interrupted(sized);
    store.store(List.of(record));
    assertThat(queries.find(sized.account(), sized.id())).contains(record);
    assertThat(Receipt.of(record).imageSize()).contains("1024x1536");
  }

  @Test
  void showsNobodyTheRecordOfAnotherAccount() {
    UsageRecord record = TestingWorld.record(TestingWorld.account(database), 5);
    store.store(List.of(record));
    assertThat(queries.find(TestingWorld.account(database), record.id())).isEmpty();
  }

  @Test
  void chargesEachExchangeAndReturnsTheBalance() {
    AccountId account = TestingWorld.account(database);
    TestingWorld.topUp(database, account, "1");
    Map<AccountId, Money> balances =
        store.store(
            List.of(
                TestingWorld.record(account, 100),
                TestingWorld.record(account, 0),
                TestingWorld.record(account, 50)));
    assertThat(balances).containsExactly(Map.entry(account, new Money(999_999_850)));
    // The top-up, and one entry for all that was stored at once.
    assertThat(TestingWorld.ledger(database, account)).hasSize(2);
    LedgerChain.assertSound(database, account);
  }

  @Test
  void chargesNothingTwice() {
    AccountId account = TestingWorld.account(database);
    UsageRecord first = TestingWorld.record(account, 100);
    UsageRecord second = TestingWorld.record(account, 10);
    store.store(List.of(first, first));
    Map<AccountId, Money> balances = store.store(List.of(second, first));
    assertThat(balances).containsExactly(Map.entry(account, new Money(-110)));
    assertThat(store.store(List.of(second, first))).isEqualTo(balances);
    assertThat(queries.total(UsageFilter.of(account)).requests()).isEqualTo(2);
    LedgerChain.assertSound(database, account);
  }

  @Test
  void storesNothingOfABatchThatHoldsAnUnknownAccount() {
    AccountId account = TestingWorld.account(database);
    UsageRecord good = TestingWorld.record(account, 100);
    UsageRecord bad = TestingWorld.record(new AccountId(987_654_321), 100);
    assertThatThrownBy(() -> store.store(List.of(good, bad)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(queries.find(account, good.id())).isEmpty();
    assertThat(TestingWorld.ledger(database, account)).isEmpty();
  }

  @Test
  void storesAModelNameThatNoDatabaseWouldTake() {
    ExchangeStart start = TestingWorld.record(TestingWorld.account(database), 0).start();
    String model = "a\0b\uD800" + "x".repeat(2_000);
    ExchangeStart odd =
        new ExchangeStart(
            start.id(),
            start.startedAt(),
            start.account(),
            start.key(),
            start.instance(),
            start.category(),
            model,
            true,
            start.rates());
    store.store(List.of(UsageRecord.interrupted(odd)));
    assertThat(queries.find(odd.account(), odd.id()).orElseThrow().start().model())
        .startsWith("a\uFFFDb")
        .hasSize(512);
  }

  @Test
  void listsPageByPageNewestFirst() {
    AccountId account = TestingWorld.account(database);
    List<UsageRecord> records = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      // Three at a time start at the same moment.
      records.add(
          TestingWorld.record(
              account,
              TestingWorld.requestId(),
              TestingWorld.NOON.plusSeconds(i / 3),
              1,
              Optional.empty(),
              1));
    }
    store.store(records);
    List<UsageRecord> listed = new ArrayList<>();
    Optional<UsagePosition> position = Optional.empty();
    List<UsageRecord> page;
    do {
      page = queries.list(UsageFilter.of(account), position, 2);
      listed.addAll(page);
      position = page.stream().reduce((a, b) -> b).map(UsagePosition::of);
    } while (!page.isEmpty());
    Collections.reverse(listed);
    assertThat(listed).containsExactlyElementsOf(records);
  }

  @Test
  void filtersByTimeInstanceAndKey() {
    AccountId account = TestingWorld.account(database);
    UsageRecord wanted =
        TestingWorld.record(
            account, TestingWorld.requestId(), TestingWorld.NOON, 7, Optional.of(new KeyId(8)), 1);
    store.store(
        List.of(
            wanted,
            TestingWorld.record(
                account,
                TestingWorld.requestId(),
                TestingWorld.NOON,
                7,
                Optional.of(new KeyId(9)),
                1),
            TestingWorld.record(
                account,
                TestingWorld.requestId(),
                TestingWorld.NOON,
                6,
                Optional.of(new KeyId(8)),
                1),
            TestingWorld.record(
                account,
                TestingWorld.requestId(),
                TestingWorld.NOON.minus(Duration.ofHours(2)),
                7,
                Optional.of(new KeyId(8)),
                1)));
    UsageFilter filter =
        new UsageFilter(
            account,
            Optional.of(TestingWorld.NOON),
            Optional.of(TestingWorld.NOON.plusSeconds(1)),
            Optional.of(wanted.start().instance()),
            wanted.start().key());
    assertThat(queries.list(filter, Optional.empty(), 10)).containsExactly(wanted);
    assertThat(queries.total(filter).requests()).isEqualTo(1);
  }

  @Test
  void sumsByDayInstanceAndKey() {
    AccountId account = TestingWorld.account(database);
    store.store(
        List.of(
            TestingWorld.record(
                account,
                TestingWorld.requestId(),
                TestingWorld.NOON.minus(Duration.ofDays(1)),
                1,
                Optional.empty(),
                5),
            TestingWorld.record(
                account, TestingWorld.requestId(), TestingWorld.NOON, 2, Optional.empty(), 7)));
    store.store(
        List.of(
            TestingWorld.record(
                account,
                TestingWorld.requestId(),
                TestingWorld.NOON.plus(Duration.ofMinutes(5)),
                2,
                Optional.of(new KeyId(3)),
                11)));
    UsageFilter all = UsageFilter.of(account);
    assertThat(queries.sums(all, List.of(UsageGrouping.DAY), Optional.empty(), 10))
        .extracting(sum -> sum.group().name(), UsageSum::requests, sum -> sum.cost().nanoDollars())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("2026-11-22", 1L, 5L),
            org.assertj.core.groups.Tuple.tuple("2026-11-23", 2L, 18L));
    assertThat(queries.sums(all, List.of(UsageGrouping.INSTANCE), Optional.empty(), 10))
        .extracting(sum -> sum.group().name())
        .containsExactly("1", "2");
    assertThat(queries.sums(all, List.of(UsageGrouping.KEY), Optional.empty(), 10))
        .extracting(sum -> sum.group().name())
        .containsExactly("none", "3");
    assertThat(queries.total(all))
        .isEqualTo(
            new UsageSum(
                UsageGroup.ALL,
                3,
                0,
                300,
                60,
                150,
                30,
                0,
                0,
                new Money(23),
                3,
                360_000,
                0,
                Money.ZERO));
  }

  @Test
  void totalsNothingAsZero() {
    UsageFilter nothing = UsageFilter.of(TestingWorld.account(database));
    assertThat(queries.total(nothing))
        .isEqualTo(
            new UsageSum(UsageGroup.ALL, 0, 0, 0, 0, 0, 0, 0, 0, Money.ZERO, 0, 0, 0, Money.ZERO));
  }

  @Test
  void tellsOtherNodesOnlyWhenAnAccountRunsDry() {
    JpaCatalogSource catalog = new JpaCatalogSource(database, TestingWorld.CLOCK);
    AccountId account = TestingWorld.account(database);
    TestingWorld.topUp(database, account, "0.0000001");
    long version = catalog.currentVersion();
    store.store(List.of(TestingWorld.record(account, 99)));
    assertThat(catalog.currentVersion()).isEqualTo(version);
    store.store(List.of(TestingWorld.record(account, 1)));
    assertThat(catalog.currentVersion()).isEqualTo(version + 1);
    store.store(List.of(TestingWorld.record(account, 1)));
    assertThat(catalog.currentVersion()).isEqualTo(version + 1);
  }

  @Test
  void twoNodesStoreTheSameAndOtherRecordsAtOnce() throws Exception {
    List<AccountId> accounts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      accounts.add(TestingWorld.account(database));
    }
    List<UsageRecord> records = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      records.add(TestingWorld.record(accounts.get(i % 5), 1 + i));
    }
    ExecutorService nodes = Executors.newFixedThreadPool(3);
    try (Database other = Database.open(settings)) {
      List<Future<?>> running = new ArrayList<>();
      running.add(nodes.submit(storing(database, records, 1)));
      running.add(nodes.submit(storing(other, records, 2)));
      running.add(nodes.submit(toppingUp(other, accounts)));
      for (Future<?> node : running) {
        node.get();
      }
    } finally {
      nodes.shutdownNow();
    }
    for (AccountId account : accounts) {
      LedgerChain.assertSound(database, account);
      assertThat(queries.total(UsageFilter.of(account)).requests()).isEqualTo(120);
      long charged =
          TestingWorld.ledger(database, account).stream()
              .filter(entry -> entry.kind() == LedgerKind.API_USAGE)
              .mapToLong(entry -> -entry.amount().nanoDollars())
              .sum();
      assertThat(charged)
          .isEqualTo(queries.total(UsageFilter.of(account)).cost().nanoDollars())
          .isPositive();
    }
  }

  private static Callable<Void> storing(Database node, List<UsageRecord> records, int seed) {
    List<UsageRecord> shuffled = new ArrayList<>(records);
    Collections.shuffle(shuffled, new Random(seed));
    JdbcUsageStore store = new JdbcUsageStore(node, TestingWorld.CLOCK);
    return () -> {
      for (int from = 0; from < shuffled.size(); from += 25) {
        store.store(shuffled.subList(from, from + 25));
      }
      return null;
    };
  }

  private static Callable<Void> toppingUp(Database node, List<AccountId> accounts) {
    return () -> {
      for (int i = 0; i < 20; i++) {
        accounts.forEach(account -> TestingWorld.topUp(node, account, "0.01"));
      }
      return null;
    };
  }
}
