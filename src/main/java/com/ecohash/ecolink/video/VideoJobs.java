package com.ecohash.ecolink.video;

import com.ecohash.ecolink.billing.Balances;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.Cost;
import com.ecohash.ecolink.metering.Ending;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.Journal;
import com.ecohash.ecolink.metering.Units;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.VideoAnswer;
import com.ecohash.ecolink.metering.VideoMeter;
import com.ecohash.ecolink.money.Money;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers videos under way and meters each once, when it completes. A job is remembered before
 * its client hears of it. Should the database be away at that moment, this node keeps the job until
 * it is back: nobody loses a video for that, but a node that ends meanwhile forgets it, and it is
 * not billed.
 */
public final class VideoJobs {
  private static final Logger LOG = LoggerFactory.getLogger(VideoJobs.class);

  private static final Duration RECORDED_KEPT = Duration.ofHours(1);

  private record Name(AccountId account, String publicId) {}

  private final VideoJobStore store;
  private final Journal journal;
  private final Balances balances;
  private final Executor blocking;
  private final Clock clock;
  private final Map<Name, VideoJob> unsaved = new ConcurrentHashMap<>();

  /** Jobs that this node has recorded: its client and its poll may both see the end. */
  private final Set<RequestId> recorded =
      Collections.newSetFromMap(
          Caffeine.newBuilder()
              .expireAfterWrite(RECORDED_KEPT)
              .<RequestId, Boolean>build()
              .asMap());

  /**
   * @param blocking runs what waits for the database
   */
  public VideoJobs(
      VideoJobStore store, Journal journal, Balances balances, Executor blocking, Clock clock) {
    this.store = store;
    this.journal = journal;
    this.balances = balances;
    this.blocking = blocking;
    this.clock = clock;
  }

  /** Remembers a job. The stage gives it with the public id that it got, and does not fail. */
  public CompletionStage<VideoJob> remember(VideoJob job) {
    return CompletableFuture.supplyAsync(() -> remembered(job), blocking)
        .exceptionally(failure -> keep(job, failure));
  }

  private VideoJob remembered(VideoJob job) {
    if (store.remember(job)) {
      return job;
    }
    VideoJob renamed = job.underOwnName();
    store.remember(renamed);
    return renamed;
  }

  private VideoJob keep(VideoJob job, Throwable failure) {
    LOG.warn("video job {} is kept in memory until the database is back", job.publicId(), failure);
    VideoJob renamed = job.underOwnName(); // whether the account has another cannot be known now
    unsaved.put(nameOf(renamed), renamed);
    return renamed;
  }

  /** A job of the account's. May block. */
  public Optional<VideoJob> find(AccountId account, String publicId) {
    return Optional.ofNullable(unsaved.get(new Name(account, publicId)))
        .or(() -> store.find(account, publicId));
  }

  /** The jobs to poll now. May block. */
  List<VideoJob> takeDue(Duration next, int max) {
    unsaved.forEach(
        (name, job) -> {
          store.remember(job);
          unsaved.remove(name);
        });
    return store.takeDue(next, max);
  }

  /** A container has told how far a job is: what has ended is recorded, and polled no more. */
  public CompletionStage<Void> seen(VideoJob job, VideoAnswer answer) {
    return switch (answer.state()) {
      case WORKING -> CompletableFuture.completedStage(null);
      case COMPLETED -> end(job, Ending.COMPLETED, 200, VideoMeter.units(answer, job.asked()));
      case FAILED -> end(job, Ending.CONTAINER_FAILED, 200, Units.NONE);
    };
  }

  /** The container does not know the job any more, or has not finished it in all the time. */
  CompletionStage<Void> lost(VideoJob job, Ending how, int status) {
    return end(job, how, status, Units.NONE);
  }

  /**
   * The record first, then the mark that there is one: a node that ends in between leaves a job
   * that is recorded again under the same id, and stored once.
   */
  private CompletionStage<Void> end(VideoJob job, Ending how, int status, Units units) {
    return CompletableFuture.runAsync(
        () -> {
          if (recorded.add(job.usage().id())) {
            record(job, how, status, units);
          }
          store.end(job);
        },
        blocking);
  }

  private void record(VideoJob job, Ending how, int status, Units units) {
    ExchangeStart start = job.usage();
    Money cost = Cost.of(start, how, units);
    long micros = Duration.between(start.startedAt(), clock.instant()).toNanos() / 1_000;
    UsageRecord record =
        new UsageRecord(
            start,
            how,
            status,
            units,
            cost,
            Optional.of(job.region()),
            List.of(),
            -1,
            Math.max(0, micros));
    journal.begin(start);
    if (journal.end(record)) {
      balances.charge(start.account(), cost);
    }
  }

  private static Name nameOf(VideoJob job) {
    return new Name(job.account(), job.publicId());
  }
}
