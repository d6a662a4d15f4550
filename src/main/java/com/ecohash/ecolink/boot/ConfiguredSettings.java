package com.ecohash.ecolink.boot;

import com.ecohash.ecolink.access.OperatorKey;
import com.ecohash.ecolink.api.CustomLimits;
import com.ecohash.ecolink.fleet.FleetSettings;
import com.ecohash.ecolink.instances.EndpointAllowList;
import com.ecohash.ecolink.instances.NameResolver;
import com.ecohash.ecolink.metering.journal.DrainSettings;
import com.ecohash.ecolink.metering.journal.JournalSettings;
import com.ecohash.ecolink.persistence.Heartbeats;
import com.ecohash.ecolink.relay.BodyLimits;
import com.ecohash.ecolink.relay.RelaySettings;
import com.ecohash.ecolink.relay.Spool;
import com.ecohash.ecolink.relay.custom.CustomSettings;
import com.ecohash.ecolink.relay.upstream.UpstreamSettings;
import com.ecohash.ecolink.routing.RoutingSettings;
import com.ecohash.ecolink.telemetry.SpanExport;
import com.ecohash.ecolink.video.JobSettings;
import java.util.Optional;

/** What the parts want to know, read from the configuration. */
final class ConfiguredSettings {
  private final Configuration configuration;

  ConfiguredSettings(Configuration configuration) {
    this.configuration = configuration;
  }

  OperatorKey operatorKey() {
    return configuration.parsed(
        Setting.OPERATOR_KEY, key -> key.isEmpty() ? OperatorKey.NONE : OperatorKey.of(key));
  }

  EndpointAllowList allowedEndpoints() {
    return configuration.parsed(
        Setting.UPSTREAM_ALLOWED, list -> EndpointAllowList.parse(list, NameResolver.SYSTEM));
  }

  JobSettings videoJobs() {
    return new JobSettings(
        configuration.duration(Setting.VIDEO_POLL), configuration.duration(Setting.VIDEO_JOB_MAX));
  }

  FleetSettings fleet() {
    return new FleetSettings(
        configuration.durationOrNone(Setting.LAUNCH_WAIT),
        configuration.duration(Setting.START_MAX),
        configuration.duration(Setting.STOP_MAX),
        Heartbeats.silence(configuration.duration(Setting.HEARTBEAT)));
  }

  JournalSettings journal() {
    return new JournalSettings(
        configuration.path(Setting.DATA_DIR).resolve("journal"),
        (int) configuration.bytes(Setting.JOURNAL_SEGMENT, 64 << 10, 1 << 30),
        configuration.bytes(Setting.JOURNAL_MAX, 256 << 10, 1L << 40));
  }

  DrainSettings drain() {
    DrainSettings byDefault = DrainSettings.DEFAULT;
    return new DrainSettings(
        configuration.number(Setting.METERING_BATCH, 1, 10_000),
        configuration.duration(Setting.METERING_INTERVAL),
        byDefault.backoffFirst(),
        byDefault.backoffMax(),
        byDefault.refusalsBeforeSplit(),
        byDefault.closeMax());
  }

  RoutingSettings routing() {
    RoutingSettings.Probes byDefault = RoutingSettings.Probes.DEFAULT;
    return new RoutingSettings(
        new RoutingSettings.Probes(
            configuration.duration(Setting.PROBE_INTERVAL),
            byDefault.jitter(),
            configuration.duration(Setting.PROBE_TIMEOUT),
            byDefault.downAfter(),
            byDefault.upAfter()),
        RoutingSettings.Ejection.DEFAULT,
        RoutingSettings.Choice.DEFAULT);
  }

  UpstreamSettings upstream() {
    return new UpstreamSettings(
        configuration.text(Setting.UPSTREAM_LOOPS).isPresent()
            ? configuration.number(Setting.UPSTREAM_LOOPS, 1, 64)
            : Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
        configuration.number(Setting.UPSTREAM_IDLE_CONNECTIONS, 0, 100_000),
        configuration.duration(Setting.UPSTREAM_KEEP_ALIVE),
        configuration.duration(Setting.UPSTREAM_CONNECT_TIMEOUT),
        configuration.duration(Setting.UPSTREAM_FIRST_BYTE_TIMEOUT),
        configuration.duration(Setting.UPSTREAM_IDLE_TIMEOUT),
        configuration.duration(Setting.UPSTREAM_TOTAL_TIMEOUT),
        (int) configuration.bytes(Setting.UPSTREAM_HEAD, 1024, 16 << 20));
  }

  long videoAnswerBytesMax() {
    return configuration.bytes(Setting.VIDEO_ANSWER, 1024, 1L << 40);
  }

  /**
   * Present if a collector is named, by our own key or by OpenTelemetry's.
   *
   * @param node this gateway's name
   */
  Optional<SpanExport> spanExport(String node) {
    int sampledPercent = configuration.number(Setting.TRACING_SAMPLED, 0, 100);
    return configuration
        .text(Setting.TRACING_ENDPOINT)
        .or(() -> configuration.foreign("otel.exporter.otlp.endpoint"))
        .map(
            endpoint ->
                new SpanExport(
                    endpoint,
                    configuration.foreignPairs("otel.exporter.otlp.headers"),
                    sampledPercent,
                    node));
  }

  RelaySettings relay() {
    return new RelaySettings(
        (int) configuration.bytes(Setting.HELD_ANSWER, 0, 64 << 20),
        configuration.durationOrNone(Setting.SSE_KEEP_ALIVE));
  }

  CustomSettings custom() {
    return new CustomSettings(
        upstream(),
        configuration.number(Setting.CUSTOM_CONNECTIONS, 1, 60_000),
        configuration.number(Setting.CUSTOM_THREADS, 8, 1_000),
        relay().heldAnswerBytesMax());
  }

  CustomLimits customLimits() {
    long bytes = configuration.bytes(Setting.CUSTOM_BODY, 0, 1L << 50);
    return new CustomLimits(bytes == 0 ? Long.MAX_VALUE : bytes, Setting.CUSTOM_BODY.key());
  }

  /** To be asked for once: it counts what lies in it. */
  Spool spool() {
    return new Spool(
        configuration.path(Setting.DATA_DIR).resolve("spool"),
        configuration.bytes(Setting.SPOOL, 0, 1L << 50),
        Setting.SPOOL.key());
  }

  BodyLimits jsonLimits(Spool spool) {
    return bodyLimits(Setting.JSON_BODY, spool);
  }

  BodyLimits uploadLimits(Spool spool) {
    return bodyLimits(Setting.AUDIO_UPLOAD, spool);
  }

  private BodyLimits bodyLimits(Setting largest, Spool spool) {
    return new BodyLimits(
        configuration.bytes(largest, 1, 1L << 40),
        largest.key(),
        (int) configuration.bytes(Setting.BODY_MEMORY, 0, 1 << 30),
        spool);
  }
}
