package com.ecohash.ecolink.boot;

import com.ecohash.ecolink.api.Admission;
import com.ecohash.ecolink.api.CustomLimits;
import com.ecohash.ecolink.api.ExchangeMetering;
import com.ecohash.ecolink.api.Exchanges;
import com.ecohash.ecolink.api.KeyCheck;
import com.ecohash.ecolink.api.UnifiedRequests;
import com.ecohash.ecolink.api.UnifiedSettings;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.ids.RequestIds;
import com.ecohash.ecolink.metering.Journal;
import com.ecohash.ecolink.metering.Meters;
import com.ecohash.ecolink.relay.Relay;
import com.ecohash.ecolink.relay.custom.CustomRelay;
import com.ecohash.ecolink.routing.Router;
import com.ecohash.ecolink.telemetry.ExchangeMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;

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
    PrometheusRegistry registry = new PrometheusRegistry();
    JvmMetrics.builder().register(registry);
    return registry;
  }

  @Produces
  @Singleton
  CurrentCatalog catalog() {
    return gateway.catalog();
  }

  @Produces
  @Singleton
  Exchanges exchanges(Clock clock, PrometheusRegistry metrics) {
    return new Exchanges(
        new RequestIds(clock, new SecureRandom()),
        clock,
        gateway.accessLog().and(new ExchangeMetrics(metrics)));
  }

  @Produces
  @Singleton
  KeyCheck keyCheck(Clock clock) {
    return new KeyCheck(gateway.catalog(), clock);
  }

  @Produces
  @Singleton
  Admission admission() {
    return new Admission(gateway.catalog(), gateway.balances());
  }

  @Produces
  @Singleton
  ExchangeMetering metering() {
    return new ExchangeMetering(gateway.journal(), gateway.balances());
  }

  @Produces
  @Singleton
  UnifiedSettings unifiedSettings() {
    Configuration configuration = gateway.configuration();
    return new UnifiedSettings(
        gateway.jsonLimits(), configuration.number(Setting.JSON_DEPTH, 1, 100_000));
  }

  @Produces
  @Singleton
  Meters meters() {
    return new Meters((int) gateway.configuration().bytes(Setting.EVENT, 1024, 1 << 28));
  }

  @Produces
  @Singleton
  UnifiedRequests unifiedRequests(UnifiedSettings settings) {
    return new UnifiedRequests(settings);
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
    return gateway.customLimits();
  }

  @Produces
  @Singleton
  Relay relay() {
    return gateway.relay();
  }
}
