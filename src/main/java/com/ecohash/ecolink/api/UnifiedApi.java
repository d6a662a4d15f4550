package com.ecohash.ecolink.api;

import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.metering.ChatMeter;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.Meter;
import com.ecohash.ecolink.money.Rates;
import com.ecohash.ecolink.openai.Edit;
import com.ecohash.ecolink.openai.ScannedRequest;
import com.ecohash.ecolink.relay.FieldPolicy;
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
  private final UnifiedSettings settings;

  @Inject
  UnifiedApi(
      UnifiedRequests requests,
      Admission admission,
      Router router,
      Relay relay,
      ExchangeMetering metering,
      UnifiedSettings settings) {
    this.requests = requests;
    this.admission = admission;
    this.router = router;
    this.relay = relay;
    this.metering = metering;
    this.settings = settings;
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
    ScannedRequest scanned = request.scanned();
    Admission.Target target =
        admission.resolve(exchange.caller().account(), scanned.model(), category);
    Instance instance = target.instance();
    Rates rates = admission.requireFunds(exchange, instance);
    RoutePlan plan = router.plan(instance);

    boolean addUsage = scanned.streaming() && relay.takesAdditions(instance.id());
    List<Edit> unaided = scanned.edits(target.model(), false);
    List<Edit> edits = addUsage ? scanned.edits(target.model(), true) : unaided;
    boolean added = edits.size() > unaided.size();
    Meter meter = new ChatMeter(added, scanned.textBytes(), settings.eventBytesMax());
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
            rates);
    return relay.relay(
        new RelayRequest(
            instance,
            plan,
            exchange.forwarded(category.endpoint(), FieldPolicy.JSON),
            request.body(),
            edits,
            added ? Optional.of(unaided) : Optional.empty(),
            meter,
            () -> metering.begin(exchange, start, meter),
            exchange.progress(),
            failure -> Unsent.explain(failure, plan)),
        exchange.async());
  }
}
