package com.ecohash.ecolink.video;

import com.ecohash.ecolink.ids.AccountId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs in the store, and those that could not get there yet. A job is remembered before its
 * client hears of it; should the database be away at that moment, this node keeps the job, also
 * through a restart, until it is back: nobody loses a video for that, and none goes unbilled.
 */
public final class RememberedJobs {
  private static final Logger LOG = LoggerFactory.getLogger(RememberedJobs.class);

  private final VideoJobStore store;
  private final StoreCalls calls;
  private final UnsavedJobs unsaved;
  private final Executor files;

  /**
   * @param files writes to the disk
   */
  public RememberedJobs(
      VideoJobStore store, StoreCalls calls, UnsavedJobs unsaved, Executor files) {
    this.store = store;
    this.calls = calls;
    this.unsaved = unsaved;
    this.files = files;
  }

  /** Whether another job could be kept, should the database be away. */
  boolean takeMore() {
    return !unsaved.isFull();
  }

  /** See {@link VideoJobs#remember}. */
  CompletionStage<VideoJob> remember(VideoJob job) {
    return calls.ask(() -> stored(job)).exceptionallyAsync(failure -> kept(job, failure), files);
  }

  private VideoJob stored(VideoJob job) {
    if (store.remember(job)) {
      return job;
    }
    VideoJob renamed = job.underOwnName();
    store(renamed);
    return renamed;
  }

  private VideoJob kept(VideoJob job, Throwable failure) {
    LOG.warn("video job {} is kept here until the database is back", job.publicId(), failure);
    VideoJob renamed = job.underOwnName(); // whether the account has another cannot be known now
    unsaved.keep(renamed);
    return renamed;
  }

  /**
   * A job under its own name; that a call which nobody waited for stored it before is no matter.
   */
  private void store(VideoJob job) {
    if (!store.remember(job) && !store.rename(job)) {
      throw new IllegalStateException(job.publicId() + " is the name of another job");
    }
  }

  /** See {@link VideoJobs#find}. */
  CompletionStage<Optional<VideoJob>> find(AccountId account, String publicId) {
    Optional<VideoJob> kept = unsaved.find(account, publicId);
    return kept.isPresent()
        ? CompletableFuture.completedStage(kept)
        : calls.ask(() -> store.find(account, publicId));
  }

  /** The jobs to poll now. May block, and fails if the database is away. */
  List<VideoJob> takeDue(Duration next, int max) {
    List<VideoJob> due = store.takeDue(next, max);
    saveSome(max);
    return due;
  }

  /** One that the store refuses, perhaps for ever, ends the round, and is the last of the next. */
  private void saveSome(int max) {
    for (VideoJob job : unsaved.next(max)) {
      if (!save(job)) {
        return;
      }
    }
  }

  private boolean save(VideoJob job) {
    try {
      store(job);
    } catch (RuntimeException e) {
      LOG.warn("video job {} could not be stored; another try follows", job.publicId(), e);
      unsaved.putLast(job);
      return false;
    }
    unsaved.stored(job);
    return true;
  }

  /** Runs this on a thread that may wait, and then polls the job no more. */
  CompletionStage<Void> end(VideoJob job, Runnable first) {
    return calls.ask(
        () -> {
          first.run();
          store.end(job);
          return null;
        });
  }
}
