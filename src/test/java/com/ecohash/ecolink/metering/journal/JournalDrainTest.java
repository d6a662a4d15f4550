package com.ecohash.ecolink.metering.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.UsageRecord;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalDrainTest {
  private static final DrainSettings SETTINGS = DrainSettings.DEFAULT;

  private final Path folder;
  private final Journal journal;
  private final FakeUsageStore store = new FakeUsageStore();
  private final List<UsageRecord> heard = new ArrayList<>();
  private final ManualTicker ticker = new ManualTicker();
  private final JournalDrain drain;

  JournalDrainTest(@TempDir Path folder) {
    this.folder = folder;
    this.journal = Journal.open(Samples.roomy(folder));
    this.drain =
        JournalDrain.idle(
            journal, store, (batch, balances) -> heard.addAll(batch), SETTINGS, ticker);
  }

  @AfterEach
  void close() {
    drain.close();
    journal.close();
  }

  @Test
  void storesInBatchesAndTellsTheListenerOnce() {
    append(0, 1_200);

    assertThat(drain.step()).as("more at once").isZero();
    assertThat(drain.step()).isZero();
    assertThat(drain.step()).isEqualTo(SETTINGS.interval());
    assertThat(drain.step()).isEqualTo(SETTINGS.interval());

    assertThat(store.batchSizes()).containsExactly(500, 500, 200);
    assertThat(heard).hasSize(1_200).doesNotHaveDuplicates();
    assertThat(journal.undrained()).isZero();
  }

  @Test
  void outlastsAMinuteWithoutTheDatabase() {
    store.failWith(
        batch -> {
          throw FakeUsageStore.away();
        });
    List<Duration> pauses = new ArrayList<>();
    Duration gone = Duration.ZERO;
    for (int i = 0; gone.compareTo(Duration.ofMinutes(1)) < 0; i++) {
      append(i * 100, 100);
      Duration pause = drain.step();
      pauses.add(pause);
      ticker.advance(pause);
      gone = gone.plus(pause);
    }

    assertThat(pauses).first().isEqualTo(SETTINGS.backoffFirst());
    assertThat(pauses).isSorted().last().isEqualTo(SETTINGS.backoffMax());
    assertThat(drain.failingFor()).isEqualTo(gone);
    assertThat(journal.undrained()).isEqualTo(pauses.size() * 100L);
    assertThat(drain.drainNow()).isFalse();
    assertThat(heard).isEmpty();

    store.work();
    assertThat(drain.drainNow()).isTrue();
    assertThat(drain.failingFor()).isZero();
    assertThat(store.records()).hasSize(pauses.size() * 100);
    assertThat(heard).hasSize(pauses.size() * 100).doesNotHaveDuplicates();
    assertThat(drain.rejected()).isZero();
  }

  @Test
  void oneRefusedRecordDoesNotHoldUpTheOthers() throws IOException {
    UsageRecord poison = Samples.completed(37);
    append(0, 100);
    poison(Set.of(poison.id()), FakeUsageStore::refused);

    for (int i = 0; i < SETTINGS.refusalsBeforeSplit(); i++) {
      assertThat(drain.step()).isEqualTo(SETTINGS.backoff(i + 1));
      assertThat(store.records()).isEmpty();
    }
    assertThat(drain.step()).isEqualTo(SETTINGS.interval());

    assertThat(store.records()).hasSize(99).doesNotContainKey(poison.id());
    assertThat(heard).hasSize(99).doesNotHaveDuplicates();
    assertThat(drain.rejected()).isEqualTo(1);
    assertThat(journal.undrained()).isZero();
    assertThat(kept(poison.id())).isEqualTo(poison);
    assertThat(drain.failingFor()).isZero();
  }

  private UsageRecord kept(RequestId id) throws IOException {
    JsonMapper json =
        JsonMapper.builder().addModule(new JavaTimeModule()).addModule(new Jdk8Module()).build();
    return json.readValue(folder.resolve("rejected/" + id + ".json").toFile(), UsageRecord.class);
  }

  @Test
  void anUnclearFailureBlamesARecordOnlyWhileTheStoreTakesOthers() {
    append(0, 1);
    poison(Set.of(Samples.id(0)), () -> new IllegalStateException("no idea"));
    for (int i = 0; i < 20; i++) {
      drain.step();
    }
    assertThat(drain.rejected()).as("nothing else shows that the store works").isZero();

    append(1, 1);
    drain.step();
    assertThat(store.records()).containsOnlyKeys(Samples.id(1));
    assertThat(drain.rejected()).isEqualTo(1);
    assertThat(journal.undrained()).isZero();
  }

  @Test
  void aStoreThatBreaksAltogetherLosesNoRecordToTheRejected() {
    append(0, 10);
    assertThat(drain.drainNow()).isTrue();
    append(10, 1_000);
    store.failWith(
        batch -> {
          throw new IllegalStateException("the pool is closed");
        });
    for (int i = 0; i < 20; i++) {
      drain.step();
    }
    assertThat(drain.rejected()).isZero();

    store.work();
    assertThat(drain.drainNow()).isTrue();
    assertThat(store.records()).hasSize(1_010);
    assertThat(heard).hasSize(1_010).doesNotHaveDuplicates();
  }

  @Test
  void theDatabaseGoingAwayWhileAPoisonIsLookedForChangesNothing() {
    append(0, 100);
    poison(Set.of(Samples.id(60)), FakeUsageStore::refused);
    for (int i = 0; i < SETTINGS.refusalsBeforeSplit(); i++) {
      drain.step();
    }
    store.failWith(
        batch -> {
          if (batch.size() < 50) {
            throw FakeUsageStore.away();
          }
          if (batch.contains(Samples.completed(60))) {
            throw FakeUsageStore.refused();
          }
        });
    drain.step();
    assertThat(store.records()).hasSize(50);
    assertThat(drain.rejected()).isZero();

    poison(Set.of(Samples.id(60)), FakeUsageStore::refused);
    drain.step();
    assertThat(store.records()).hasSize(99);
    assertThat(heard).as("each is told once").hasSize(99).doesNotHaveDuplicates();
    assertThat(drain.rejected()).isEqualTo(1);
  }

  @Test
  void rejectedRecordsAreCountedAcrossRestarts() {
    append(0, 2);
    poison(Set.of(Samples.id(1)), FakeUsageStore::refused);
    for (int i = 0; i <= SETTINGS.refusalsBeforeSplit(); i++) {
      drain.step();
    }
    JournalDrain next =
        JournalDrain.idle(journal, store, DrainListener.NONE, SETTINGS, new ManualTicker());
    assertThat(next.rejected()).isEqualTo(1);
  }

  @Test
  void aFailingListenerStopsNothing() {
    append(0, 10);
    JournalDrain deaf =
        JournalDrain.idle(
            journal,
            store,
            (batch, balances) -> {
              throw new IllegalStateException("deaf");
            },
            SETTINGS,
            ticker);
    assertThat(deaf.drainNow()).isTrue();
    assertThat(store.records()).hasSize(10);
  }

  @Test
  void closingBringsTheRestToTheStore() {
    append(0, 2_000);
    try (JournalDrain running =
        JournalDrain.start(journal, store, DrainListener.NONE, slow(Duration.ofSeconds(60)))) {
      assertThat(running.rejected()).isZero();
    }
    assertThat(store.records()).hasSize(2_000);
    assertThat(journal.undrained()).isZero();
  }

  @Test
  void closingGivesUpOnAStoreThatHangs() {
    append(0, 1);
    CountDownLatch never = new CountDownLatch(1);
    store.failWith(batch -> await(never));
    JournalDrain.start(journal, store, DrainListener.NONE, slow(Duration.ofMillis(50))).close();
    assertThat(journal.undrained()).isEqualTo(1);
  }

  @Test
  void awaitsWhatIsInTheJournalNow() throws InterruptedException {
    try (JournalDrain running = JournalDrain.start(journal, store, DrainListener.NONE, SETTINGS)) {
      append(0, 100);
      assertThat(running.awaitDrained(Duration.ofSeconds(30))).isTrue();
      assertThat(store.records()).hasSize(100);

      store.failWith(
          batch -> {
            throw FakeUsageStore.away();
          });
      append(100, 1);
      assertThat(running.awaitDrained(Duration.ofMillis(1))).isFalse();
      store.work();
      assertThat(running.awaitDrained(Duration.ofSeconds(30))).isTrue();
    }
  }

  /** A drain that looks once a minute, unless it is hurried. */
  private static DrainSettings slow(Duration closeMax) {
    return new DrainSettings(
        500, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), 3, closeMax);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void poison(Set<RequestId> ids, Supplier<RuntimeException> failure) {
    store.failWith(
        batch -> {
          if (batch.stream().anyMatch(record -> ids.contains(record.id()))) {
            throw failure.get();
          }
        });
  }

  private void append(int from, int count) {
    for (int i = from; i < from + count; i++) {
      journal.begin(Samples.start(i));
      journal.end(Samples.completed(i));
    }
  }
}
