package com.ecohash.ecolink.api;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.Units;
import com.ecohash.ecolink.money.Rates;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import com.ecohash.ecolink.relay.FieldPolicy;
import com.ecohash.ecolink.relay.Relayed;
import com.ecohash.ecolink.relay.custom.CustomRelay;
import com.ecohash.ecolink.relay.custom.CustomRequest;
import com.ecohash.ecolink.routing.RoutePlan;
import com.ecohash.ecolink.routing.Router;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The custom path: one line from the address to the outcome. */
@Singleton
public class CustomApi {
  private final Admission admission;
  private final Router router;
  private final CustomRelay relay;
  private final ExchangeMetering metering;
  private final CustomLimits limits;

  @Inject
  CustomApi(
      Admission admission,
      Router router,
      CustomRelay relay,
      ExchangeMetering metering,
      CustomLimits limits) {
    this.admission = admission;
    this.router = router;
    this.relay = relay;
    this.metering = metering;
    this.limits = limits;
  }

  /**
   * Serves one exchange, as SPEC 2.2 tells it. The stage completes when the outcome is known; it
   * fails with an {@code ApiException} if the exchange was refused before any container saw it.
   */
  @ApiKeyRequired
  @Metered
  public CompletionStage<Relayed> serve(Exchange exchange) {
    try {
      return relay(exchange);
    } catch (ApiException refusal) {
      return CompletableFuture.failedStage(refusal);
    }
  }

  private CompletionStage<Relayed> relay(Exchange exchange) {
    HttpServletRequest request = exchange.request();
    CustomTarget target = CustomTarget.of(request);
    Instance instance =
        admission.resolve(exchange.caller().account(), target.instance(), target.path());
    refuseWhatCannotPass(request);
    limits.refuseIfOver(request.getContentLengthLong());
    admission.requireBalance(exchange);
    Admission.requireRunning(instance);
    RoutePlan plan = router.plan(instance);
    ExchangeStart start =
        new ExchangeStart(
            exchange.id(),
            exchange.startedAt(),
            exchange.caller().account(),
            Optional.of(exchange.caller().id()),
            instance.id(),
            Optional.empty(),
            "",
            false,
            Rates.FREE);
    return relay.relay(
        new CustomRequest(
            instance,
            plan,
            exchange.forwarded(target.onContainer(), FieldPolicy.AS_IT_CAME),
            limits.bodyBytesMax(),
            limits.tooLarge(),
            () -> metering.begin(exchange, start, () -> Units.NONE),
            exchange.progress(),
            failure -> Unsent.explain(failure, plan)),
        exchange.async());
  }

  /** A connection that becomes something else, or a method that would be changed on its way. */
  private static void refuseWhatCannotPass(HttpServletRequest request) {
    String upgrade = request.getHeader("Upgrade");
    if (upgrade != null && upgrade.toLowerCase(Locale.ROOT).contains("websocket")) {
      throw new ApiException(
          ErrorType.NOT_IMPLEMENTED,
          "WebSocket does not pass through here. Use server-sent events, a streamed body or gRPC.");
    }
    String method = request.getMethod();
    if (method.equals("CONNECT") || !method.equals(method.toUpperCase(Locale.ROOT))) {
      throw new ApiException(
          ErrorType.NOT_IMPLEMENTED,
          "This method does not pass through here: CONNECT does not, nor does one with lower-case"
              + " letters.");
    }
  }
}
