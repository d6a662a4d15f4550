package com.ecohash.ecolink.telemetry;

import com.ecohash.ecolink.metering.EndedExchange;
import com.ecohash.ecolink.metering.ExchangeListener;
import com.ecohash.ecolink.metering.UsageRecord;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

/**
 * What of exchanges goes to Prometheus, under OpenTelemetry's names for generative AI where it has
 * one. Labels are few and bounded: no key, no account, no request id.
 */
public final class ExchangeMetrics implements ExchangeListener {
  private static final double[] SECONDS = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300
  };

  private final Counter refusals;
  private final Counter endings;
  private final Counter tokens;
  private final Counter attempts;
  private final Histogram firstByte;
  private final Histogram duration;

  public ExchangeMetrics(PrometheusRegistry registry) {
    refusals =
        Counter.builder()
            .name("ecolink_refusals")
            .help("Exchanges that the gateway refused, by the code of the error.")
            .labelNames("code")
            .register(registry);
    endings =
        Counter.builder()
            .name("ecolink_exchanges")
            .help("Exchanges that reached a container, by region and how they ended.")
            .labelNames("region", "ending")
            .register(registry);
    attempts =
        Counter.builder()
            .name("ecolink_attempts")
            .help("Attempts at replicas, by region and result.")
            .labelNames("region", "result")
            .register(registry);
    tokens =
        Counter.builder()
            .name("gen_ai_client_token_usage")
            .help("Tokens, by type.")
            .labelNames("gen_ai_token_type")
            .register(registry);
    firstByte =
        Histogram.builder()
            .name("gen_ai_server_time_to_first_token_seconds")
            .help("Time from the request's start to the answer's first byte.")
            .unit(Unit.SECONDS)
            .classicUpperBounds(SECONDS)
            .classicOnly()
            .labelNames("region")
            .register(registry);
    duration =
        Histogram.builder()
            .name("gen_ai_server_request_duration_seconds")
            .help("Time from the request's start to the answer's end.")
            .unit(Unit.SECONDS)
            .classicUpperBounds(SECONDS)
            .classicOnly()
            .labelNames("region")
            .register(registry);
  }

  @Override
  public void ended(EndedExchange exchange) {
    if (exchange.errorCode().isPresent()) {
      refusals.labelValues(exchange.errorCode().get()).inc();
    }
    if (exchange.record().isPresent()) {
      ended(exchange.record().get());
    }
  }

  private void ended(UsageRecord record) {
    String region = record.region().isPresent() ? record.region().get().value() : "none";
    endings.labelValues(region, record.ending().wireName()).inc();
    record
        .attempts()
        .forEach(attempt -> attempts.labelValues(attempt.region().value(), attempt.result()).inc());
    if (record.units().inputTokens() > 0) {
      tokens.labelValues("input").inc(record.units().inputTokens());
    }
    if (record.units().outputTokens() > 0) {
      tokens.labelValues("output").inc(record.units().outputTokens());
    }
    if (record.firstByteMicros() >= 0) {
      firstByte.labelValues(region).observe(record.firstByteMicros() / 1e6);
    }
    if (record.durationMicros() >= 0) {
      duration.labelValues(region).observe(record.durationMicros() / 1e6);
    }
  }
}
