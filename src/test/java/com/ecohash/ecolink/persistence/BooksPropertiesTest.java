package com.ecohash.ecolink.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.billing.BillingListener;
import com.ecohash.ecolink.billing.Booking;
import com.ecohash.ecolink.billing.LedgerKind;
import com.ecohash.ecolink.billing.Posting;
import com.ecohash.ecolink.billing.Price;
import com.ecohash.ecolink.billing.PriceSubject;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.metering.UsageFilter;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.UsageSum;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import com.ecohash.ecolink.secrets.SealedTexts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Charges, credits, replays, running GPUs, changes of their price, nodes that compete, connections
 * that die at any statement or after the commit: in whatever order, the books are right.
 */
final class BooksPropertiesTest {
  private static final long CREDIT_NANOS = 1_000_000_000_000_000L;
  private static final Map<TestingDatabase, Node> NODES = new EnumMap<>(TestingDatabase.class);

  /** A database as a node sees it, whose connections can die. */
  private record Node(Database database, DyingConnections connections) {
    static Node open(TestingDatabase kind) {
      DyingConnections connections = new DyingConnections();
      return new Node(
          Database.open(kind.fresh(), SealedTexts.WITHOUT_KEY, connections::around), connections);
    }
  }

  private sealed interface Step {
    /** Stores records that cost this much each, together with some that were stored before. */
    record Store(List<Integer> costsNanos, int again) implements Step {}

    /** Books under a new key, then once more under the same one. */
    record Book(LedgerKind kind, int nanos) implements Step {}

    record Launch(int gpus) implements Step {}

    record Stop() implements Step {}

    record Reprice(int nanosPerGpuSecond) implements Step {}

    /** Time passes, and so many nodes settle at once. */
    record Settle(int seconds, int nodes) implements Step {}
  }

  /**
   * A step, and after how many calls of the database the first attempt at it dies; many of them do
   * not come so far.
   */
  private record Attempt(Step step, int diesAfter) {}

  @AfterContainer
  static void close() {
    NODES.values().forEach(node -> node.database().close());
  }

  @Provide
  Arbitrary<List<Attempt>> plans() {
    Arbitrary<Integer> costs = Arbitraries.integers().between(0, 5_000);
    Arbitrary<LedgerKind> credits =
        Arbitraries.of(
            LedgerKind.TOP_UP, LedgerKind.BONUS, LedgerKind.REFUND, LedgerKind.ADJUSTMENT);
    Arbitrary<Step> steps =
        Arbitraries.oneOf(
            costs
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(list -> new Step.Store(list, list.get(0) % 4)),
            credits.flatMap(
                kind ->
                    Arbitraries.integers()
                        .between(1, 1_000_000)
                        .map(
                            nanos ->
                                new Step.Book(
                                    kind,
                                    kind == LedgerKind.ADJUSTMENT && nanos % 2 == 0
                                        ? -nanos
                                        : nanos))),
            Arbitraries.integers().between(0, 8).map(Step.Launch::new),
            Arbitraries.just(new Step.Stop()),
            Arbitraries.integers().between(1, 2_000).map(Step.Reprice::new),
            Arbitraries.integers()
                .between(1, 10_000)
                .map(seconds -> new Step.Settle(seconds, 1 + seconds % 3)));
    Arbitrary<Integer> deaths = Arbitraries.integers().between(0, 25);
    return steps
        .flatMap(step -> deaths.map(death -> new Attempt(step, death)))
        .list()
        .ofMaxSize(14);
  }

  @Property(tries = 30, shrinking = ShrinkingMode.BOUNDED)
  void booksAreRight(@ForAll TestingDatabase kind, @ForAll("plans") List<Attempt> plan) {
    Node node = NODES.computeIfAbsent(kind, Node::open);
    World world = new World(node);
    for (Attempt attempt : plan) {
      Runnable work = world.prepare(attempt.step());
      node.connections().dieAfter(attempt.diesAfter());
      try {
        work.run();
      } catch (RuntimeException e) {
        node.connections().live();
        work.run(); // whoever was not answered tries again
      }
      node.connections().live();
    }
    world.end();
    world.assertRight();
  }

  /** What should be, beside what is. */
  private static final class World {
    private final Database database;
    private final TestingClock clock = new TestingClock(TestingWorld.NOON);
    private final AccountId account;
    private final String gpuType;
    private final List<UsageRecord> stored = new ArrayList<>();
    private final Map<InstanceId, Integer> running = new java.util.LinkedHashMap<>();
    private long priceNanos = 1_000;
    private long creditsNanos = CREDIT_NANOS;
    private long gpuNanos;
    private long gpuSeconds;
    private int keys;

    World(Node node) {
      database = node.database();
      account = TestingWorld.account(database);
      gpuType = "GPU-" + account;
      TestingWorld.topUp(database, account, new Money(CREDIT_NANOS).toString());
      reprice(priceNanos);
    }

    private void reprice(long nanosPerGpuSecond) {
      new JpaPrices(database, clock)
          .add(
              new Price(
                  new PriceSubject.OfGpuType(gpuType),
                  PricedUnit.GPU_HOURS,
                  new Money(nanosPerGpuSecond * 3_600),
                  clock.instant()));
    }

    /** What the step does, to be done again if it is not answered. */
    Runnable prepare(Step step) {
      if (step instanceof Step.Store store) {
        return store(store);
      }
      if (step instanceof Step.Book book) {
        return book(book);
      }
      if (step instanceof Step.Launch launch) {
        return launch(launch.gpus());
      }
      if (step instanceof Step.Reprice reprice) {
        pass(1); // two prices of one moment would be a conflict
        priceNanos = reprice.nanosPerGpuSecond();
        return () -> reprice(priceNanos);
      }
      if (step instanceof Step.Settle settle) {
        pass(settle.seconds());
        return () -> settle(settle.nodes());
      }
      return stop();
    }

    private Runnable store(Step.Store step) {
      List<UsageRecord> batch = new ArrayList<>();
      step.costsNanos().forEach(cost -> batch.add(TestingWorld.record(account, cost)));
      List<UsageRecord> all = new ArrayList<>(batch);
      all.addAll(stored.subList(0, Math.min(step.again(), stored.size())));
      stored.addAll(batch);
      return () -> new JdbcUsageStore(database, clock).store(all);
    }

    private Runnable book(Step.Book step) {
      String key = "key-" + keys++;
      creditsNanos += step.nanos();
      Booking booking = booking(step, key, step.nanos());
      return () -> {
        JpaLedger ledger = new JpaLedger(database, clock);
        ledger.post(booking);
        assertThat(ledger.post(booking)).isInstanceOf(Posting.Repeated.class);
        assertThat(ledger.post(booking(step, key, step.nanos() + 7)))
            .isInstanceOf(Posting.KeyTaken.class);
      };
    }

    private Booking booking(Step.Book step, String key, int nanos) {
      return new Booking(
          account, step.kind(), new Money(nanos == 0 ? 1 : nanos), "property", Optional.of(key));
    }

    /** An answer that is lost leaves an instance that nobody asks for again: it runs as well. */
    private Runnable launch(int gpus) {
      return () -> {
        try {
          TestingWorld.launchCustom(database, clock, account, gpuType, gpus, "us-west", "eu");
        } finally {
          new JpaInstances(database, clock)
              .list(account).stream()
                  .filter(one -> one.instance().state().wireName().equals("running"))
                  .forEach(one -> running.put(one.instance().id(), 2 * one.container().gpuCount()));
        }
      };
    }

    private Runnable stop() {
      Optional<InstanceId> first = running.keySet().stream().findFirst();
      first.ifPresent(running::remove);
      return () ->
          first.ifPresent(
              id -> new JpaInstances(database, clock).terminate(account, id, "stopped"));
    }

    private void pass(int seconds) {
      clock.advance(Duration.ofSeconds(seconds));
      running.values().forEach(gpus -> charge(gpus, seconds));
    }

    private void charge(int gpus, int seconds) {
      gpuSeconds += (long) gpus * seconds;
      gpuNanos += (long) gpus * seconds * priceNanos;
    }

    private void settle(int nodes) {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < nodes; i++) {
        all.add(CompletableFuture.runAsync(this::settleOnce));
      }
      all.forEach(CompletableFuture::join);
    }

    private void settleOnce() {
      new GpuSettlement(database, clock, Duration.ofMinutes(1), BillingListener.NONE)
          .settle(account);
    }

    void end() {
      while (!running.isEmpty()) {
        stop().run();
      }
      settleOnce();
    }

    void assertRight() {
      long apiNanos = stored.stream().mapToLong(record -> record.cost().nanoDollars()).sum();
      LedgerChain.assertSound(database, account);
      assertThat(new JpaLedger(database, clock).balance(account))
          .isEqualTo(new Money(creditsNanos - apiNanos - gpuNanos));
      UsageSum total = new JpaUsageQueries(database).total(UsageFilter.of(account));
      assertThat(total.requests()).isEqualTo(stored.size());
      assertThat(total.gpuSeconds()).isEqualTo(gpuSeconds);
      assertThat(total.cost()).isEqualTo(new Money(apiNanos + gpuNanos));
      List<String> differences = new ArrayList<>();
      Reconciliation.of(database).reconcile(differences::add);
      assertThat(differences).noneMatch(one -> one.contains("ccount " + account + ","));
    }
  }
}
