package com.ecohash.ecolink.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.billing.Balances;
import com.ecohash.ecolink.metering.Ending;
import com.ecohash.ecolink.metering.Units;
import com.ecohash.ecolink.metering.UnitsSource;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.journal.Journal;
import com.ecohash.ecolink.metering.journal.JournalFullException;
import com.ecohash.ecolink.metering.journal.JournalSettings;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.testing.MovableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class VideoJobsTest {
  private static final Duration LONG = Duration.ofSeconds(50);

  private final FakeJobStore store = new FakeJobStore();
  private final Balances balances = new Balances();
  private final MovableClock clock = new MovableClock(TestingJobs.NOON);
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final Path folder;
  private final Journal journal;
  private final VideoJobs jobs;

  VideoJobsTest(@TempDir Path folder) {
    this.folder = folder;
    journal = Journal.open(new JournalSettings(folder.resolve("journal"), 64 << 10, 256 << 10));
    jobs = jobs(LONG, 100);
  }

  /** Those of another process with the same files, store and journal. */
  private VideoJobs jobs(Duration waitMax, int unsavedMax) {
    RememberedJobs remembered =
        new RememberedJobs(
            store,
            new StoreCalls(threads, waitMax),
            UnsavedJobs.in(folder.resolve("jobs"), unsavedMax),
            Runnable::run);
    return new VideoJobs(remembered, journal, balances, clock);
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    journal.close();
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private List<VideoJob> due() {
    return jobs.takeDue(Duration.ofSeconds(5), 100);
  }

  private long files() {
    try (Stream<Path> files = Files.list(folder.resolve("jobs"))) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- the end ----------------------------------------------------------------------------------

  @Test
  void recordsAnEndOnceHoweverManySeeIt() {
    VideoJob job = done(jobs.remember(TestingJobs.job(1, "a")));

    List<CompletableFuture<Void>> seen =
        IntStream.range(0, 8)
            .mapToObj(i -> jobs.seen(job, TestingJobs.completed(6)).toCompletableFuture())
            .toList();
    seen.forEach(CompletableFuture::join);

    assertThat(journal.undrained()).isEqualTo(1);
    UsageRecord record = journal.undrained(job.usage().id()).orElseThrow();
    assertThat(record.ending()).isEqualTo(Ending.COMPLETED);
    assertThat(record.cost()).isEqualTo(Money.parse("0.30"));
    assertThat(balances.available(job.account())).isEqualTo(Money.ZERO.minus(record.cost()));
    assertThat(due()).isEmpty();
  }

  @Test
  void takesTheAskedLengthWhereNoneIsReported() {
    VideoJob job = done(jobs.remember(TestingJobs.job(1, "a")));

    done(jobs.seen(job, TestingJobs.completed()));

    assertThat(journal.undrained(job.usage().id()).orElseThrow().units())
        .isEqualTo(Units.NONE.withDuration(Duration.ofSeconds(4), UnitsSource.ESTIMATED));
  }

  @Test
  void triesAgainWhatTheFullJournalDidNotTake() {
    VideoJob job = done(jobs.remember(TestingJobs.job(1, "a")));
    int begun = untilFull(i -> journal.begin(TestingJobs.job(100 + i, "x").usage()));
    int unused =
        untilFull(
            i ->
                journal.record(UsageRecord.interrupted(TestingJobs.job(100_000 + i, "x").usage())));

    CompletableFuture<Void> first = jobs.seen(job, TestingJobs.completed(6)).toCompletableFuture();
    assertThat(first.handle((nothing, failure) -> failure).join())
        .isInstanceOf(JournalFullException.class);
    assertThat(due()).containsExactly(job);
    assertThat(balances.available(job.account())).isEqualTo(Money.ZERO);

    for (int i = 0; i < begun; i++) {
      journal.end(UsageRecord.interrupted(TestingJobs.job(100 + i, "x").usage()));
    }
    done(jobs.seen(job, TestingJobs.completed(6)));
    assertThat(journal.undrained(job.usage().id())).isPresent();
    assertThat(due()).isEmpty();
  }

  /** How often this could be done before the journal was full. */
  private static int untilFull(IntConsumer doing) {
    for (int i = 0; i < 100_000; i++) {
      try {
        doing.accept(i);
      } catch (JournalFullException e) {
        return i;
      }
    }
    throw new AssertionError("the journal is never full");
  }

  @Test
  void billsNoJobThatFailedOrWasLost() {
    VideoJob failed = done(jobs.remember(TestingJobs.job(1, "a")));
    VideoJob lost = done(jobs.remember(TestingJobs.job(2, "b")));

    done(jobs.seen(failed, TestingJobs.failed()));
    done(jobs.lost(lost, Ending.CONTAINER_ERROR, 404));

    assertThat(journal.undrained(failed.usage().id()).orElseThrow().ending())
        .isEqualTo(Ending.CONTAINER_FAILED);
    assertThat(journal.undrained(lost.usage().id()).orElseThrow().status()).isEqualTo(404);
    assertThat(balances.available(failed.account())).isEqualTo(Money.ZERO);
  }

  // ---- a store that is away ---------------------------------------------------------------------

  @Test
  void keepsAJobThroughARestartUntilTheDatabaseIsBack() {
    store.away(true);
    VideoJob kept = done(jobs.remember(TestingJobs.job(1, "a")));
    assertThat(kept.publicId()).isEqualTo("a:" + kept.usage().id());
    assertThat(done(jobs.find(kept.account(), kept.publicId()))).contains(kept);

    VideoJobs restarted = jobs(LONG, 100);
    assertThat(done(restarted.find(kept.account(), kept.publicId()))).contains(kept);
    store.away(false);
    restarted.takeDue(Duration.ofSeconds(5), 100);

    assertThat(store.all()).containsExactly(kept);
    assertThat(files()).isZero();
  }

  @Test
  void storesTheOthersWhenItRefusesOneForEver() {
    store.away(true);
    done(jobs.remember(TestingJobs.job(1, "bad")));
    done(jobs.remember(TestingJobs.job(2, "a")));
    done(jobs.remember(TestingJobs.job(3, "b")));
    store.away(false);
    store.failWith(
        job -> {
          if (job.containerId().equals("bad")) {
            throw new IllegalArgumentException("not a text");
          }
        });

    due();
    due();

    assertThat(store.all()).extracting(VideoJob::containerId).containsExactly("a", "b");
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void takesNoMoreThanMayWait() {
    VideoJobs bounded = jobs(LONG, 2);
    store.away(true);
    done(bounded.remember(TestingJobs.job(1, "a")));
    assertThat(bounded.takeMore()).isTrue();
    done(bounded.remember(TestingJobs.job(2, "b")));
    assertThat(bounded.takeMore()).isFalse();

    store.away(false);
    bounded.takeDue(Duration.ofSeconds(5), 100);
    assertThat(bounded.takeMore()).isTrue();
  }

  @Test
  void waitsForAStoreThatHangsOnlyForAWhile() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch stored = new CountDownLatch(1);
    store.failWith(
        job -> {
          if (job.publicId().equals("a")) {
            awaited(end);
            stored.countDown();
          }
        });
    VideoJobs impatient = jobs(Duration.ofMillis(50), 100);

    VideoJob kept = done(impatient.remember(TestingJobs.job(1, "a")));

    assertThat(kept.publicId()).isEqualTo("a:" + kept.usage().id());
    end.countDown(); // what hung comes to its end, under the other name
    stored.await();
    await().until(() -> !store.all().isEmpty());
    impatient.takeDue(Duration.ofSeconds(5), 100);
    assertThat(store.all()).containsExactly(kept);
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }
}
