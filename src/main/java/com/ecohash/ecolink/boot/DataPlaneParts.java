package com.ecohash.ecolink.boot;

import com.ecohash.ecolink.access.RateLimits;
import com.ecohash.ecolink.api.Admission;
import com.ecohash.ecolink.api.ConcurrencyLimit;
import com.ecohash.ecolink.api.CustomLimits;
import com.ecohash.ecolink.api.ExchangeMetering;
import com.ecohash.ecolink.api.Exchanges;
import com.ecohash.ecolink.api.FollowedVideos;
import com.ecohash.ecolink.api.KeyCheck;
import com.ecohash.ecolink.api.Trace;
import com.ecohash.ecolink.api.UnifiedRequests;
import com.ecohash.ecolink.api.UnifiedSettings;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.ids.RequestIds;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Networks;
import com.ecohash.ecolink.metering.Meters;
import com.ecohash.ecolink.metering.journal.Journal;
import com.ecohash.ecolink.openai.FormLimits;
import com.ecohash.ecolink.relay.Relay;
import com.ecohash.ecolink.relay.RequestForwarding;
import com.ecohash.ecolink.relay.Spool;
import com.ecohash.ecolink.relay.custom.CustomRelay;
import com.ecohash.ecolink.routing.Router;
import com.ecohash.ecolink.telemetry.ExchangeMetrics;
import com.ecohash.ecolink.telemetry.ExchangeSpan;
import com.ecohash.ecolink.telemetry.ExchangeSpans;
import io.github.bucket4j.TimeMeter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.stream.Collectors;

/** Hands the gateway's parts to the data plane's edge. */
@Singleton
public class DataPlaneParts {
  private final Gateway gateway;

  @Inject
  DataPlaneParts(GatewayStart start) {
    this.gateway = start.gateway();
  }

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  PrometheusRegistry metrics() {
    return gateway.metrics();
  }

  @Produces
  @Singleton
  CurrentCatalog catalog() {
    return gateway.catalog();
  }

  @Produces
  @Singleton
  RequestIds requestIds(Clock clock) {
    return new RequestIds(clock, new SecureRandom());
  }

  @Produces
  @Singleton
  FollowedVideos followedVideos(RequestIds ids) {
    return new FollowedVideos(gateway.videoJobs(), ids);
  }

  @Produces
  @Singleton
  Exchanges exchanges(RequestIds ids, Clock clock, PrometheusRegistry metrics) {
    return new Exchanges(
        ids,
        clock,
        new Exchanges.Means(
            forwarding(),
            gateway.accessLog().and(new ExchangeMetrics(metrics)),
            gateway.spans().map(DataPlaneParts::traces).orElse(Trace.Source.NONE),
            gateway.configuration().isOn(Setting.SERVER_TIMING)));
  }

  private static Trace.Source traces(ExchangeSpans spans) {
    return request -> {
      ExchangeSpan span = spans.begin(request);
      return new Trace(span::attempt, span);
    };
  }

  private RequestForwarding forwarding() {
    Configuration configuration = gateway.configuration();
    return new RequestForwarding(
        configuration.parsed(Setting.TRUSTED_PROXIES, Networks::parse),
        (int) configuration.bytes(Setting.HEADER_MAX, 1024, 1 << 20),
        Setting.HEADER_MAX.key());
  }

  @Produces
  @Singleton
  RateLimits rateLimits() {
    Configuration configuration = gateway.configuration();
    return new RateLimits(
        configuration.number(Setting.RATE_LIMIT, 1, 1_000_000),
        configuration.number(Setting.RATE_KEYS, 1, 100_000_000),
        gateway.liveNodes(),
        TimeMeter.SYSTEM_NANOTIME);
  }

  @Produces
  @Singleton
  KeyCheck keyCheck(RateLimits limits, Clock clock) {
    return new KeyCheck(gateway.catalog(), limits, clock);
  }

  @Produces
  @Singleton
  Admission admission() {
    return new Admission(gateway.catalog(), gateway.balances());
  }

  @Produces
  @Singleton
  ConcurrencyLimit concurrency() {
    Setting setting = Setting.CONCURRENT_PER_INSTANCE;
    ConcurrencyLimit limit =
        new ConcurrencyLimit(gateway.configuration().number(setting, 1, 10_000_000), setting.key());
    gateway
        .catalog()
        .onChange(
            fresh ->
                limit.retain(
                    fresh.instances().all().stream()
                        .map(Instance::id)
                        .collect(Collectors.toSet())));
    return limit;
  }

  @Produces
  @Singleton
  ExchangeMetering metering(ConcurrencyLimit concurrency) {
    return new ExchangeMetering(gateway.journal(), gateway.balances(), concurrency);
  }

  @Produces
  @Singleton
  UnifiedSettings unifiedSettings() {
    Configuration configuration = gateway.configuration();
    Spool spool = gateway.settings().spool();
    return new UnifiedSettings(
        gateway.settings().jsonLimits(spool),
        configuration.number(Setting.JSON_DEPTH, 1, 100_000),
        gateway.settings().uploadLimits(spool),
        new FormLimits(
            configuration.number(Setting.FORM_PARTS, 1, 100_000),
            (int) configuration.bytes(Setting.FORM_PART_HEADERS, 256, 1 << 24),
            configuration.bytes(Setting.FORM_FIELD, 1, 1L << 40)));
  }

  @Produces
  @Singleton
  Meters meters() {
    Configuration configuration = gateway.configuration();
    return new Meters(
        (int) configuration.bytes(Setting.EVENT, 1024, 1 << 28),
        (int) configuration.bytes(Setting.VIDEO_STATUS, 1024, 64 << 20));
  }

  @Produces
  @Singleton
  UnifiedRequests unifiedRequests(UnifiedSettings settings, Meters meters) {
    return new UnifiedRequests(settings, meters);
  }

  @Produces
  @Singleton
  Journal journal() {
    return gateway.journal();
  }

  @Produces
  @Singleton
  Router router() {
    return gateway.router();
  }

  @Produces
  @Singleton
  CustomRelay customRelay() {
    return gateway.customRelay();
  }

  @Produces
  @Singleton
  CustomLimits customLimits() {
    return gateway.settings().customLimits();
  }

  @Produces
  @Singleton
  Relay relay() {
    return gateway.relay();
  }
}
