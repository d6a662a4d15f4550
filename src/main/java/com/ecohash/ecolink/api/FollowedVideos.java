package com.ecohash.ecolink.api;

import com.ecohash.ecolink.ids.RequestIds;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.JobState;
import com.ecohash.ecolink.metering.VideoAnswer;
import com.ecohash.ecolink.metering.VideoMeter;
import com.ecohash.ecolink.relay.Outcome;
import com.ecohash.ecolink.relay.Relayed;
import com.ecohash.ecolink.video.VideoJob;
import com.ecohash.ecolink.video.VideoJobs;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Between an answer that tells of a video job and the client that hears of it. */
public final class FollowedVideos {
  /** Names the receipt that the finished video will have. */
  static final String RECEIPT_HEADER = "x-ecolink-job-receipt";

  private final VideoJobs jobs;
  private final RequestIds ids;

  public FollowedVideos(VideoJobs jobs, RequestIds ids) {
    this.jobs = jobs;
    this.ids = ids;
  }

  /**
   * If the answer is a job under way, the job is remembered first. Its id becomes another one only
   * where the account has a job of that id from another container.
   */
  CompletionStage<Relayed> follow(
      Exchange exchange, ExchangeStart start, VideoMeter meter, Relayed relayed) {
    Optional<VideoJob> begun = job(start, meter, relayed);
    if (begun.isEmpty()) {
      return CompletableFuture.completedStage(relayed);
    }
    return jobs.remember(begun.get())
        .thenApply(
            job -> {
              exchange.response().setHeader(RECEIPT_HEADER, job.usage().id().value());
              if (!job.publicId().equals(job.containerId())) {
                relayed.amend(json -> VideoAnswer.renamed(json, job.publicId()));
              }
              return relayed;
            });
  }

  private Optional<VideoJob> job(ExchangeStart start, VideoMeter meter, Relayed relayed) {
    Optional<VideoAnswer> said = meter.answer();
    Optional<Replica> replica = relayed.answeredBy();
    if (!(relayed.outcome() instanceof Outcome.Answered) || said.isEmpty() || replica.isEmpty()) {
      return Optional.empty();
    }
    return said.filter(answer -> answer.state() == JobState.WORKING)
        .flatMap(VideoAnswer::id)
        .filter(id -> !id.isEmpty() && id.length() <= VideoJob.CONTAINER_ID_LENGTH_MAX)
        .map(
            id ->
                new VideoJob(
                    start.under(ids.next()),
                    replica.get().id(),
                    replica.get().region(),
                    id,
                    id,
                    meter.asked()));
  }

  /** A job of the caller's. May block. */
  Optional<VideoJob> find(Exchange exchange, String publicId) {
    return jobs.find(exchange.caller().account(), publicId);
  }

  /** The client has asked, and its container has answered. */
  void seen(VideoJob job, VideoMeter meter) {
    meter.answer().ifPresent(answer -> jobs.seen(job, answer));
  }
}
