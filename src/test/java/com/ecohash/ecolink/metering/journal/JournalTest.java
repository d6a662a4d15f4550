package com.ecohash.ecolink.metering.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.AttemptRecord;
import com.ecohash.ecolink.metering.Ending;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.UsageStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private final Path folder;

  JournalTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void keepsARecordUntilItIsDrainedAndFindsItMeanwhile() {
    UsageRecord record = Samples.completed(1);
    try (Journal journal = Journal.open(Samples.small(folder))) {
      journal.begin(record.start());
      assertThat(journal.undrained(record.id())).isEmpty();
      assertThat(journal.end(record)).isTrue();
      assertThat(journal.undrained(record.id())).contains(record);
      assertThat(journal.undrained()).isEqualTo(1);

      drainAll(journal, new FakeUsageStore());

      assertThat(journal.undrained(record.id())).isEmpty();
      assertThat(journal.undrained()).isZero();
    }
  }

  @Test
  void theFirstEndCounts() {
    UsageRecord record = Samples.completed(1);
    try (Journal journal = Journal.open(Samples.small(folder))) {
      journal.begin(record.start());
      assertThat(journal.end(record)).isTrue();
      assertThat(journal.end(UsageRecord.interrupted(record.start()))).isFalse();
      assertThat(journal.end(Samples.completed(2))).as("never begun").isFalse();
      assertThat(storedBy(journal)).containsExactly(record);
    }
  }

  @Test
  void anExchangeBeginsOnce() {
    try (Journal journal = Journal.open(Samples.small(folder))) {
      journal.begin(Samples.start(1));
      assertThatIllegalStateException().isThrownBy(() -> journal.begin(Samples.start(1)));
    }
  }

  @Test
  void whatNeverBeganIsRecordedInOneStep() {
    UsageRecord record = Samples.completed(1);
    try (Journal journal = Journal.open(Samples.small(folder))) {
      journal.record(record);
      journal.begin(Samples.start(2));
      assertThatIllegalStateException().isThrownBy(() -> journal.record(Samples.completed(2)));
      assertThat(journal.openExchanges()).isEqualTo(1);
    }
    try (Journal journal = Journal.open(Samples.small(folder))) {
      assertThat(storedBy(journal))
          .containsExactly(record, UsageRecord.interrupted(Samples.start(2)));
    }
  }

  @Test
  void whatNeverBeganIsRefusedByAFullJournal() {
    try (Journal journal = Journal.open(Samples.small(folder))) {
      int begun = beginUntilFull(journal);
      assertThatExceptionOfType(JournalFullException.class)
          .isThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) { // what is left over is less than a begin wants
                  journal.record(largest(100_000 + i));
                }
              });
      for (int i = 0; i < begun; i++) {
        assertThat(journal.end(largest(i))).isTrue();
      }
    }
  }

  @Test
  void whatWasBegunAndNotEndedIsInterruptedAtTheNextStart() {
    try (Journal journal = Journal.open(Samples.small(folder))) {
      journal.begin(Samples.start(1));
      journal.begin(Samples.start(2));
      journal.end(Samples.completed(2));
    }
    try (Journal journal = Journal.open(Samples.small(folder))) {
      List<UsageRecord> undrained = new ArrayList<>();
      journal.forEachUndrained(undrained::add);
      assertThat(undrained)
          .containsExactly(Samples.completed(2), UsageRecord.interrupted(Samples.start(1)));
      assertThat(journal.undrained()).isEqualTo(2);
      assertThat(storedBy(journal)).containsExactlyElementsOf(undrained);
    }
    try (Journal journal = Journal.open(Samples.small(folder))) {
      assertThat(journal.undrained()).as("drained before the start").isZero();
    }
  }

  @Test
  void whenItIsFullNothingBeginsButAllThatHasBegunEnds() {
    FakeUsageStore store = new FakeUsageStore();
    int begun = 0;
    try (Journal journal = Journal.open(Samples.small(folder))) {
      double before = journal.fillRatio();
      assertThat(before).isLessThan(0.3);
      begun = beginUntilFull(journal);
      assertThat(begun).isGreaterThan(20);
      assertThat(journal.isWritable()).isFalse();
      assertThat(journal.fillRatio()).isGreaterThan(0.95);

      UsageRecord last = Samples.completed(begun - 1);
      for (int i = 0; i < begun; i++) {
        assertThat(journal.end(largest(i))).isTrue();
      }
      assertThat(journal.undrained(last.id())).isPresent();
      assertThat(bytesOfSegments()).isLessThanOrEqualTo(Samples.small(folder).bytesMax());

      drainAll(journal, store);
      assertThat(store.records()).hasSize(begun);
      assertThat(journal.isWritable()).isTrue();
      assertThat(journal.fillRatio()).isLessThan(0.5);
      journal.begin(Samples.start(1_000_000));
    }
  }

  private static int beginUntilFull(Journal journal) {
    for (int i = 0; i < 100_000; i++) {
      try {
        journal.begin(Samples.start(i));
      } catch (JournalFullException e) {
        assertThat(e).hasMessageContaining("journal is full");
        return i;
      }
    }
    throw new AssertionError("the journal is never full");
  }

  /** As long as an end may get: the reserve has to be enough even so. */
  private static UsageRecord largest(int number) {
    UsageRecord record = Samples.completed(number);
    AttemptRecord attempt = record.attempts().get(0);
    AttemptRecord wordy =
        new AttemptRecord(
            attempt.replica(), attempt.region(), "\uFFFF".repeat(100), "\uFFFF".repeat(100), 1);
    return new UsageRecord(
        record.start(),
        record.ending(),
        record.status(),
        record.units(),
        record.cost(),
        record.region(),
        List.of(wordy, wordy, wordy, wordy, wordy, wordy, wordy, wordy),
        1,
        2);
  }

  @Test
  void aStreamOfHoursDoesNotKeepOldSegments() throws IOException {
    UsageRecord stream = Samples.completed(0);
    FakeUsageStore store = new FakeUsageStore();
    try (Journal journal = Journal.open(Samples.small(folder))) {
      JournalDrain drain = drain(journal, store);
      journal.begin(stream.start());
      for (int i = 1; i < 10_000; i++) {
        journal.begin(Samples.start(i));
        journal.end(Samples.completed(i));
        if (i % 100 == 0) {
          assertThat(drain.drainNow()).isTrue();
        }
      }
      assertThat(segments()).hasSizeLessThanOrEqualTo(4);
      assertThat(segments().get(0).getFileName().toString())
          .as("the first segments are gone")
          .isGreaterThan("00000000000000000010.journal");
    }
    try (Journal journal = Journal.open(Samples.small(folder))) {
      drainAll(journal, store);
      assertThat(store.records()).hasSize(10_000);
      assertThat(store.records())
          .containsEntry(stream.id(), UsageRecord.interrupted(stream.start()));
    }
  }

  @Test
  void aSecondProcessOnTheSameFolderIsToldSo() {
    try (Journal journal = Journal.open(Samples.small(folder))) {
      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> Journal.open(Samples.small(folder)))
          .withMessageContaining("another EcoLink process")
          .withMessageContaining(folder.toString())
          .withMessageContaining("data directory of its own");
      journal.begin(Samples.start(1));
    }
    Journal.open(Samples.small(folder)).close();
  }

  @Test
  void aDamagedSegmentIsReadUpToTheDamageAndKept() throws IOException {
    try (Journal journal = Journal.open(Samples.roomy(folder))) {
      for (int i = 0; i < 500; i++) {
        journal.begin(Samples.start(i));
        journal.end(Samples.completed(i));
      }
    }
    Path first = segments().get(0);
    byte[] before = Files.readAllBytes(first);
    int damagedAt = 40_000;
    before[damagedAt] ^= 1;
    Files.write(first, before);

    FakeUsageStore store = new FakeUsageStore();
    try (Journal journal = Journal.open(Samples.roomy(folder))) {
      assertThat(journal.undrained()).isBetween(300L, 450L);
      drainAll(journal, store);
    }
    assertThat(store.records()).containsKey(Samples.id(0)).containsKey(Samples.id(499));
    assertThat(store.records()).doesNotContainKey(Samples.id(180));
    Path kept = first.resolveSibling(first.getFileName() + ".damaged");
    assertThat(kept).hasBinaryContent(before);
  }

  @Test
  void aHoleThatOnlyAPowerCutLeavesIsDamage() throws IOException {
    try (Journal journal = Journal.open(Samples.roomy(folder))) {
      for (int i = 0; i < 150; i++) {
        journal.begin(Samples.start(i));
        journal.end(Samples.completed(i));
      }
    }
    Path first = segments().get(0);
    try (RandomAccessFile file = new RandomAccessFile(first.toFile(), "rw")) {
      file.seek(Segment.HEADER_BYTES);
      file.write(new byte[4_096]);
    }
    try (Journal journal = Journal.open(Samples.roomy(folder))) {
      assertThat(journal.undrained()).isZero();
    }
    assertThat(first.resolveSibling(first.getFileName() + ".damaged")).exists();
  }

  @Test
  void aSegmentWithoutAHeaderIsKeptAside() throws IOException {
    Files.write(folder.resolve("00000000000000000007.journal"), new byte[100]);
    try (Journal journal = Journal.open(Samples.small(folder))) {
      assertThat(journal.undrained()).isZero();
    }
    assertThat(folder.resolve("00000000000000000007.journal.damaged")).hasSize(100);
  }

  @Test
  void aJournalOfTheFormatBeforeIsRead() throws IOException {
    try (Journal journal = Journal.open(Samples.small(folder))) {
      journal.begin(Samples.start(1));
    }
    Path first = segments().get(0);
    byte[] bytes = Files.readAllBytes(first);
    bytes[8] = 1; // what has no size of images is written as it was then
    Files.write(first, bytes);
    try (Journal journal = Journal.open(Samples.small(folder))) {
      assertThat(journal.undrained(Samples.id(1)))
          .contains(UsageRecord.interrupted(Samples.start(1)));
    }
  }

  @Test
  void aJournalOfAnotherFormatStopsTheStart() throws IOException {
    try (Journal journal = Journal.open(Samples.small(folder))) {
      journal.begin(Samples.start(1));
    }
    Path first = segments().get(0);
    byte[] bytes = Files.readAllBytes(first);
    bytes[8] = 99;
    Files.write(first, bytes);
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> Journal.open(Samples.small(folder)))
        .withMessageContaining("format 99")
        .withMessageContaining(first.getFileName().toString());
    assertThat(first).hasBinaryContent(bytes);
  }

  @Test
  void manyRestartsDoNotFillIt() throws IOException {
    for (int i = 0; i < 50; i++) {
      try (Journal journal = Journal.open(Samples.small(folder))) {
        journal.begin(Samples.start(i));
      }
    }
    try (Journal journal = Journal.open(Samples.small(folder))) {
      assertThat(journal.undrained()).isEqualTo(50);
      assertThat(journal.isWritable()).isTrue();
    }
  }

  @Test
  void aClosedJournalTakesNothing() {
    Journal journal = Journal.open(Samples.small(folder));
    journal.begin(Samples.start(1));
    journal.close();
    assertThat(journal.isWritable()).isFalse();
    assertThatIllegalStateException().isThrownBy(() -> journal.begin(Samples.start(2)));
    assertThatIllegalStateException().isThrownBy(() -> journal.end(Samples.completed(1)));
  }

  @Test
  void manyThreadsAppendWhileOneDrains() throws InterruptedException {
    int threads = 4;
    int each = 10_000;
    FakeUsageStore store = new FakeUsageStore();
    try (Journal journal = Journal.open(Samples.roomy(folder))) {
      JournalDrain drain =
          JournalDrain.start(journal, store, DrainListener.NONE, DrainSettings.DEFAULT);
      List<Thread> appenders = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        long from = (long) t * each;
        Thread appender = new Thread(() -> appendAndFind(journal, from, each));
        appender.start();
        appenders.add(appender);
      }
      for (Thread appender : appenders) {
        appender.join();
      }
      drain.close();
      assertThat(journal.undrained()).isZero();
      assertThat(journal.openExchanges()).isZero();
    }
    assertThat(store.records()).hasSize(threads * each);
    assertThat(store.records().values()).allMatch(r -> r.ending() == Ending.COMPLETED);
  }

  private static void appendAndFind(Journal journal, long from, int count) {
    for (long i = from; i < from + count; i++) {
      UsageRecord record = Samples.completed(i);
      journal.begin(record.start());
      journal.end(record);
      if (i % 500 == 0) {
        RequestId id = record.id();
        journal.undrained(id).ifPresent(found -> assertThat(found.id()).isEqualTo(id));
      }
    }
  }

  private static JournalDrain drain(Journal journal, UsageStore store) {
    return JournalDrain.idle(
        journal, store, DrainListener.NONE, DrainSettings.DEFAULT, new ManualTicker());
  }

  private static void drainAll(Journal journal, UsageStore store) {
    assertThat(drain(journal, store).drainNow()).isTrue();
  }

  private static List<UsageRecord> storedBy(Journal journal) {
    FakeUsageStore store = new FakeUsageStore();
    drainAll(journal, store);
    return List.copyOf(store.records().values());
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".journal")).sorted().toList();
    }
  }

  private long bytesOfSegments() {
    try {
      long bytes = 0;
      for (Path segment : segments()) {
        bytes += Files.size(segment);
      }
      return bytes;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
