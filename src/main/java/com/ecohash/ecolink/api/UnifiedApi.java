package com.ecohash.ecolink.api;

import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.ImageSize;
import com.ecohash.ecolink.metering.Meter;
import com.ecohash.ecolink.metering.Meters;
import com.ecohash.ecolink.metering.VideoMeter;
import com.ecohash.ecolink.money.Rates;
import com.ecohash.ecolink.openai.Edit;
import com.ecohash.ecolink.openai.ScannedBody;
import com.ecohash.ecolink.relay.Relay;
import com.ecohash.ecolink.relay.RelayRequest;
import com.ecohash.ecolink.relay.Relayed;
import com.ecohash.ecolink.routing.RoutePlan;
import com.ecohash.ecolink.routing.Router;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The unified API: one line for all its endpoints, from the model's name to the outcome. */
@Singleton
public class UnifiedApi {
  private final UnifiedRequests requests;
  private final Admission admission;
  private final Router router;
  private final Relay relay;
  private final ExchangeMetering metering;
  private final FollowedVideos videoJobs;

  @Inject
  UnifiedApi(
      UnifiedRequests requests,
      Admission admission,
      Router router,
      Relay relay,
      ExchangeMetering metering,
      FollowedVideos videoJobs) {
    this.requests = requests;
    this.admission = admission;
    this.router = router;
    this.relay = relay;
    this.metering = metering;
    this.videoJobs = videoJobs;
  }

  /**
   * Serves one exchange, as SPEC 2.1 tells it. The stage completes when the outcome is known; it
   * fails with an {@code ApiException} if the exchange was refused before any container saw it.
   */
  @ApiKeyRequired
  @Metered
  public CompletionStage<Relayed> serve(Exchange exchange, Category category) {
    return requests
        .read(exchange, category)
        .thenCompose(request -> request.orClose(() -> relay(exchange, category, request)));
  }

  private CompletionStage<Relayed> relay(
      Exchange exchange, Category category, UnifiedRequest request) {
    ScannedBody scanned = request.scanned();
    Admission.Target target =
        admission.resolve(exchange.caller().account(), scanned.model(), category);
    Instance instance = target.instance();
    Optional<ImageSize> imageSize = Meters.imageSize(category, scanned);
    Rates rates = admission.requireFunds(exchange, instance, imageSize);
    if (category == Category.VIDEO) {
      videoJobs.requireRoom();
    }
    RoutePlan plan = router.plan(instance);

    boolean addUsage =
        category == Category.CHAT && scanned.streaming() && relay.takesAdditions(instance.id());
    List<Edit> unaided = scanned.edits(target.model(), false);
    List<Edit> edits = addUsage ? scanned.edits(target.model(), true) : unaided;
    boolean added = edits.size() > unaided.size();
    Meter meter = request.metering().meter(added);
    ExchangeStart start =
        new ExchangeStart(
            exchange.id(),
            exchange.startedAt(),
            exchange.caller().account(),
            Optional.of(exchange.caller().id()),
            instance.id(),
            Optional.of(category),
            scanned.model(),
            scanned.streaming(),
            imageSize,
            rates);
    CompletionStage<Relayed> relayed =
        relay.relay(
            new RelayRequest(
                instance,
                plan,
                request.forwarded(),
                request.body(),
                edits,
                added ? Optional.of(unaided) : Optional.empty(),
                meter,
                () -> metering.begin(exchange, start, meter::units),
                exchange.progress(),
                failure -> Unsent.explain(failure, plan)),
            exchange.async());
    return meter instanceof VideoMeter video
        ? relayed.thenCompose(answer -> videoJobs.follow(exchange, start, video, answer))
        : relayed;
  }
}
