package com.ecohash.ecolink.video;

import com.ecohash.ecolink.billing.Balances;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.Cost;
import com.ecohash.ecolink.metering.Ending;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.Units;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.VideoAnswer;
import com.ecohash.ecolink.metering.journal.Journal;
import com.ecohash.ecolink.money.Money;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers videos under way and meters each once, when it completes. */
public final class VideoJobs {
  private static final Logger LOG = LoggerFactory.getLogger(VideoJobs.class);

  private static final Duration RECORDED_KEPT = Duration.ofHours(1);

  private final RememberedJobs remembered;
  private final Journal journal;
  private final Balances balances;
  private final Clock clock;

  /** Jobs that this node has recorded: its client and its poll may both see the end. */
  private final Cache<RequestId, UsageRecord> recorded =
      Caffeine.newBuilder().expireAfterWrite(RECORDED_KEPT).build();

  public VideoJobs(RememberedJobs remembered, Journal journal, Balances balances, Clock clock) {
    this.remembered = remembered;
    this.journal = journal;
    this.balances = balances;
    this.clock = clock;
  }

  /** Whether a job may begin now: later it could not be refused, as its container has it. */
  public boolean takeMore() {
    return remembered.takeMore();
  }

  /** Remembers a job. The stage gives it with the public id that it got, soon, and never fails. */
  public CompletionStage<VideoJob> remember(VideoJob job) {
    return remembered.remember(job);
  }

  /** A job of the account's. Fails soon if the database is away. */
  public CompletionStage<Optional<VideoJob>> find(AccountId account, String publicId) {
    return remembered.find(account, publicId);
  }

  /** The jobs to poll now. May block. */
  List<VideoJob> takeDue(Duration next, int max) {
    return remembered.takeDue(next, max);
  }

  /** A container has told how far a job is: what has ended is recorded, and polled no more. */
  public CompletionStage<Void> seen(VideoJob job, VideoAnswer answer) {
    return switch (answer.state()) {
      case UNSAID, WORKING -> CompletableFuture.completedStage(null);
      case COMPLETED -> end(job, Ending.COMPLETED, 200, answer.units(job.asked()));
      case FAILED -> end(job, Ending.CONTAINER_FAILED, 200, Units.NONE);
    };
  }

  /** The container does not know the job any more, or has not finished it in all the time. */
  CompletionStage<Void> lost(VideoJob job, Ending how, int status) {
    return end(job, how, status, Units.NONE);
  }

  /**
   * The record first, then the mark that there is one: a node that ends in between leaves a job
   * that is recorded again under the same id, and stored once. Whoever sees the same end meanwhile
   * waits for the record, and sets no mark if there is none.
   */
  private CompletionStage<Void> end(VideoJob job, Ending how, int status, Units units) {
    return remembered.end(job, () -> recordOnce(job, how, status, units));
  }

  private void recordOnce(VideoJob job, Ending how, int status, Units units) {
    UsageRecord unused = recorded.get(job.usage().id(), id -> record(job, how, status, units));
  }

  private UsageRecord record(VideoJob job, Ending how, int status, Units units) {
    ExchangeStart start = job.usage();
    try {
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
      journal.record(record);
      balances.charge(start.account(), cost);
      return record;
    } catch (RuntimeException e) {
      LOG.warn("the end of video job {} is not recorded; another try follows", start.id(), e);
      throw e;
    }
  }
}
