package com.ecohash.ecolink.api;

import com.ecohash.ecolink.ids.RequestIds;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.JobState;
import com.ecohash.ecolink.metering.VideoAnswer;
import com.ecohash.ecolink.metering.VideoMeter;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import com.ecohash.ecolink.relay.Outcome;
import com.ecohash.ecolink.relay.Relayed;
import com.ecohash.ecolink.video.VideoJob;
import com.ecohash.ecolink.video.VideoJobs;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between an answer that tells of a video job and the client that hears of it. */
public final class FollowedVideos {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedVideos.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

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
        .filter(id -> canBeFollowed(id, start))
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

  private static boolean canBeFollowed(String id, ExchangeStart start) {
    boolean can = VideoJob.isContainerId(id);
    if (!can) {
      LOG.warn(
          "instance {} calls a video job by something that cannot be stored: it is not followed and"
              + " not billed",
          start.instance());
    }
    return can;
  }

  /**
   * To be asked before a request that may begin a job goes to a container, which could not be told
   * to forget it.
   *
   * @throws ApiException 503 if too many jobs wait for the database
   */
  void requireRoom() {
    if (!jobs.takeMore()) {
      throw later(
          "Too many video jobs wait for the gateway's database (the limit"
              + " `ecolink.video.unsaved-max`). Try again soon.");
    }
  }

  /** A job of the caller's. Fails with 503 while the database is away. */
  CompletionStage<Optional<VideoJob>> find(Exchange exchange, String publicId) {
    return jobs.find(exchange.caller().account(), publicId)
        .exceptionally(
            failure -> {
              LOG.debug("a video job could not be looked up", failure);
              throw later("The gateway cannot look up video jobs now. Try again soon.");
            });
  }

  private static ApiException later(String message) {
    return new ApiException(ErrorType.OVERLOADED, message).withRetryAfter(RETRY_AFTER);
  }

  /** The client has asked for a job, and its container has answered. */
  void seen(Exchange exchange, VideoJob job, VideoMeter meter, Relayed relayed) {
    boolean whole = relayed.outcome() instanceof Outcome.Answered; // half a video has half a length
    if (whole && exchange.request().getMethod().equals("GET")) {
      meter
          .answer()
          .ifPresent(
              answer ->
                  jobs.seen(job, answer)
                      .exceptionally(
                          failure -> {
                            LOG.debug("the end of a video is left to its poll", failure);
                            return null;
                          }));
    }
  }
}
