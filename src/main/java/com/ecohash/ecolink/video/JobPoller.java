package com.ecohash.ecolink.video;

import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.InstanceDirectory;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.metering.Ending;
import com.ecohash.ecolink.metering.VideoMeter;
import com.ecohash.ecolink.relay.OwnCalls;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks containers how far their videos are, so that each is metered whether its client asks or not.
 * Any number of nodes may do so: the store hands each turn to one of them.
 */
public final class JobPoller implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(JobPoller.class);
  private static final int AT_ONCE = 100;
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;

  private final VideoJobs jobs;
  private final CurrentCatalog catalog;
  private final OwnCalls calls;
  private final JobSettings settings;
  private final Clock clock;
  private boolean storeIsAway;

  public JobPoller(
      VideoJobs jobs, CurrentCatalog catalog, OwnCalls calls, JobSettings settings, Clock clock) {
    this.jobs = jobs;
    this.catalog = catalog;
    this.calls = calls;
    this.settings = settings;
    this.clock = clock;
  }

  /** One round; to be run every second or so, by one thread at a time. */
  @Override
  public void run() {
    try {
      List<VideoJob> due = jobs.takeDue(settings.pollInterval(), AT_ONCE);
      storeIsAway = false;
      due.forEach(this::poll);
    } catch (RuntimeException e) {
      if (!storeIsAway) {
        storeIsAway = true;
        LOG.warn("Videos are not followed while the database is away.", e);
      }
    }
  }

  private void poll(VideoJob job) {
    InstanceDirectory known = catalog.get().instances();
    Optional<Instance> instance = known.find(job.usage().instance());
    Optional<Replica> replica =
        instance.flatMap(
            found ->
                found.replicas().stream()
                    .filter(one -> one.id().equals(job.replica()))
                    .findFirst());
    if (replica.isPresent()) {
      ask(job, instance.orElseThrow(), replica.get());
    } else if (instance.isEmpty() && known.findEver(job.usage().instance()).isPresent()) {
      ending(jobs.lost(job, Ending.UNREACHABLE, 0)); // the instance was stopped
    } else {
      notEnded(job); // another node has launched it, and this one is yet to hear of that
    }
  }

  private void ask(VideoJob job, Instance instance, Replica replica) {
    VideoMeter meter = VideoMeter.ofOwnCall();
    calls
        .get(instance, replica, JobPath.onContainer(job.containerId()), meter)
        .whenComplete((status, failure) -> asked(job, meter, status, failure));
  }

  private void asked(
      VideoJob job, VideoMeter meter, @Nullable Integer status, @Nullable Throwable failure) {
    if (status == null) {
      failed(failure);
      notEnded(job);
    } else if (meter.answer().filter(answer -> answer.state().isEnd()).isPresent()) {
      ending(jobs.seen(job, meter.answer().orElseThrow()));
    } else if (isUnknown(status)) {
      ending(jobs.lost(job, Ending.CONTAINER_ERROR, status));
    } else {
      notEnded(job);
    }
  }

  /** However late the end of a job is seen, it counts; only a job without one can be too old. */
  private void notEnded(VideoJob job) {
    if (isTooOld(job)) {
      ending(jobs.lost(job, Ending.TIMEOUT, 0));
    }
  }

  private void ending(CompletionStage<Void> recorded) {
    recorded.exceptionally(this::failed);
  }

  private static boolean isUnknown(int status) {
    return status == NOT_FOUND || status == GONE;
  }

  private boolean isTooOld(VideoJob job) {
    return job.usage().startedAt().plus(settings.jobMax()).isBefore(clock.instant());
  }

  private @Nullable Void failed(@Nullable Throwable failure) {
    LOG.debug("a video's state is not known; its next turn will tell", failure);
    return null;
  }
}
