package com.ecohash.ecolink.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.metering.UsageFilter;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.money.Money;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever is stored, stored again and topped up, in any order: the books are right. */
final class LedgerPropertiesTest {
  private static final Map<TestingDatabase, Database> DATABASES =
      new EnumMap<>(TestingDatabase.class);

  private sealed interface Step {
    /** Stores records that cost this much each. */
    record Store(List<Integer> costsNanos) implements Step {}

    /** Stores once more what was stored, from the n-th record on, together with a new one. */
    record Replay(int from, int costNanos) implements Step {}

    record TopUp(int nanos) implements Step {}
  }

  @AfterContainer
  static void close() {
    DATABASES.values().forEach(Database::close);
  }

  @Provide
  Arbitrary<Step> steps() {
    Arbitrary<Integer> costs = Arbitraries.integers().between(0, 5_000);
    return Arbitraries.oneOf(
        costs.list().ofMinSize(1).ofMaxSize(6).map(Step.Store::new),
        costs.map(cost -> new Step.Replay(cost % 7, cost)),
        Arbitraries.integers().between(1, 1_000_000).map(Step.TopUp::new));
  }

  @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
  void balanceIsTheSumOfTheLedger(@ForAll TestingDatabase kind, @ForAll("plans") List<Step> steps) {
    Database database = DATABASES.computeIfAbsent(kind, TestingDatabase::open);
    AccountId account = TestingWorld.account(database);
    JdbcUsageStore store = new JdbcUsageStore(database, TestingWorld.CLOCK);
    List<UsageRecord> stored = new ArrayList<>();
    long expectedNanos = 0;
    for (Step step : steps) {
      if (step instanceof Step.Store some) {
        List<UsageRecord> batch = new ArrayList<>();
        some.costsNanos().forEach(cost -> batch.add(TestingWorld.record(account, cost)));
        store.store(batch);
        stored.addAll(batch);
      } else if (step instanceof Step.Replay replay) {
        UsageRecord fresh = TestingWorld.record(account, replay.costNanos());
        List<UsageRecord> batch =
            new ArrayList<>(stored.subList(Math.min(replay.from(), stored.size()), stored.size()));
        batch.add(0, fresh);
        store.store(batch);
        stored.add(fresh);
      } else if (step instanceof Step.TopUp topUp) {
        TestingWorld.topUp(database, account, new Money(topUp.nanos()).toString());
        expectedNanos += topUp.nanos();
      }
    }
    expectedNanos -= stored.stream().mapToLong(record -> record.cost().nanoDollars()).sum();
    LedgerChain.assertSound(database, account);
    assertThat(new JpaLedger(database, TestingWorld.CLOCK).balance(account))
        .isEqualTo(new Money(expectedNanos));
    assertThat(new JpaUsageQueries(database).total(UsageFilter.of(account)).requests())
        .isEqualTo(idsOf(stored).size());
  }

  @Provide
  Arbitrary<List<Step>> plans() {
    return steps().list().ofMaxSize(8);
  }

  private static Set<Object> idsOf(List<UsageRecord> records) {
    Set<Object> ids = new HashSet<>();
    records.forEach(record -> ids.add(record.id()));
    return ids;
  }
}
