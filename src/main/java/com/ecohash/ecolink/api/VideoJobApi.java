package com.ecohash.ecolink.api;

import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.Meters;
import com.ecohash.ecolink.metering.Units;
import com.ecohash.ecolink.metering.VideoAnswer;
import com.ecohash.ecolink.metering.VideoMeter;
import com.ecohash.ecolink.money.Rates;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import com.ecohash.ecolink.relay.FieldPolicy;
import com.ecohash.ecolink.relay.Relay;
import com.ecohash.ecolink.relay.RelayRequest;
import com.ecohash.ecolink.relay.Relayed;
import com.ecohash.ecolink.relay.StoredBody;
import com.ecohash.ecolink.routing.RoutePlan;
import com.ecohash.ecolink.routing.Router;
import com.ecohash.ecolink.video.JobPath;
import com.ecohash.ecolink.video.VideoJob;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How far a video is: asked of the one container that makes it, for the account that owns it. */
@Singleton
public class VideoJobApi {
  private final FollowedVideos videos;
  private final CurrentCatalog catalog;
  private final Router router;
  private final Relay relay;
  private final ExchangeMetering metering;
  private final Meters meters;

  @Inject
  VideoJobApi(
      FollowedVideos videos,
      CurrentCatalog catalog,
      Router router,
      Relay relay,
      ExchangeMetering metering,
      Meters meters) {
    this.videos = videos;
    this.catalog = catalog;
    this.router = router;
    this.relay = relay;
    this.metering = metering;
    this.meters = meters;
  }

  /**
   * Serves one question. The servlet container's thread waits for the job, no longer than the store
   * is waited for: an answer that another thread begins before this one has come back is lost.
   *
   * @param publicId the job's id, as the client was told
   */
  @ApiKeyRequired
  @Metered
  public CompletionStage<Relayed> serve(Exchange exchange, String publicId) {
    CompletableFuture<Optional<VideoJob>> found =
        videos.find(exchange, publicId).toCompletableFuture();
    found.handle((job, failure) -> Optional.ofNullable(failure)).join(); // and no more than waits
    return found.thenCompose(job -> ask(exchange, job.orElseThrow(VideoJobApi::unknown)));
  }

  private static ApiException unknown() {
    return new ApiException(
        ErrorType.NOT_FOUND,
        "There is no video job of this id. It is the `id` in the answer of POST"
            + " /v1/video/generations.");
  }

  private CompletionStage<Relayed> ask(Exchange exchange, VideoJob job) {
    Instance instance =
        catalog.get().instances().find(job.usage().instance()).orElseThrow(VideoJobApi::ended);
    RoutePlan plan = router.plan(replica(instance, job));
    VideoMeter meter = meters.ofVideoJob(json -> renamed(json, job));
    exchange.response().setHeader(FollowedVideos.RECEIPT_HEADER, job.usage().id().value());
    return relay
        .relay(
            new RelayRequest(
                instance,
                plan,
                exchange.forwarded(JobPath.onContainer(job.containerId()), FieldPolicy.AS_NAMED),
                StoredBody.EMPTY,
                List.of(),
                Optional.empty(),
                meter,
                () -> metering.begin(exchange, start(exchange, job), () -> Units.NONE),
                exchange.progress(),
                failure -> Unsent.explain(failure, plan)),
            exchange.async())
        .thenApply(
            relayed -> {
              videos.seen(exchange, job, meter, relayed);
              return relayed;
            });
  }

  private static byte[] renamed(byte[] json, VideoJob job) {
    boolean sameName = job.publicId().equals(job.containerId());
    return sameName ? json : VideoAnswer.renamed(json, job.publicId());
  }

  private static Replica replica(Instance instance, VideoJob job) {
    return instance.replicas().stream()
        .filter(replica -> replica.id().equals(job.replica()))
        .findFirst()
        .orElseThrow(VideoJobApi::ended);
  }

  private static ApiException ended() {
    return new ApiException(
        ErrorType.INSTANCE_NOT_RUNNING,
        "The instance that made this video has been stopped, and the video with it.");
  }

  private static ExchangeStart start(Exchange exchange, VideoJob job) {
    return new ExchangeStart(
        exchange.id(),
        exchange.startedAt(),
        exchange.caller().account(),
        Optional.of(exchange.caller().id()),
        job.usage().instance(),
        job.usage().category(),
        job.usage().model(),
        false,
        Rates.FREE);
  }
}
