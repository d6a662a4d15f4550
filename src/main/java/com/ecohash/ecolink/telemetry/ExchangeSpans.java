package com.ecohash.ecolink.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Traces exchanges by OpenTelemetry: a server span for each, a client span for each attempt, sent
 * in batches to an OTLP collector. A client's {@code traceparent} makes its span the parent. Made
 * only where a collector is configured. A collector that is away costs spans, never an exchange:
 * what does not fit into the queue is dropped.
 */
public final class ExchangeSpans implements AutoCloseable {
  private static final Duration SEND_EVERY = Duration.ofSeconds(1);
  private static final Duration EXPORT_TIMEOUT = Duration.ofSeconds(10);
  private static final int QUEUE_SPANS_MAX = 16_384;
  private static final long CLOSE_SECONDS_MAX = 5;
  private static final String CUSTOM_PATHS = "/inference-instances/";

  private static final TextMapGetter<HttpServletRequest> HEADERS =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HttpServletRequest request) {
          return Collections.list(request.getHeaderNames());
        }

        @Override
        public @Nullable String get(@Nullable HttpServletRequest request, String name) {
          return request == null ? null : request.getHeader(name);
        }
      };

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  public ExchangeSpans(SpanExport export) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(export.tracesEndpoint())
            .setTimeout(EXPORT_TIMEOUT);
    export.headers().forEach(exporter::addHeader);
    this.provider =
        SdkTracerProvider.builder()
            .setResource(resource(export))
            .setSampler(
                Sampler.parentBased(Sampler.traceIdRatioBased(export.sampledPercent() / 100.0)))
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter.build())
                    .setScheduleDelay(SEND_EVERY)
                    .setMaxQueueSize(QUEUE_SPANS_MAX)
                    .build())
            .build();
    this.tracer = provider.get("com.ecohash.ecolink");
  }

  private static Resource resource(SpanExport export) {
    return Resource.getDefault()
        .merge(
            Resource.create(
                Attributes.of(
                    AttributeKey.stringKey("service.name"),
                    "ecolink",
                    AttributeKey.stringKey("service.instance.id"),
                    export.node())));
  }

  /** Begins the span of an exchange. */
  public ExchangeSpan begin(HttpServletRequest request) {
    Context parent =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), request, HEADERS);
    String path = request.getRequestURI();
    return new ExchangeSpan(
        tracer,
        tracer
            .spanBuilder(request.getMethod() + " " + route(path))
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("http.request.method", request.getMethod())
            .setAttribute("http.route", route(path))
            .setAttribute("url.path", path)
            .setAttribute("url.scheme", request.getScheme())
            .setAttribute("client.address", request.getRemoteAddr())
            .startSpan());
  }

  /** A name that does not differ from client to client. */
  private static String route(String path) {
    return path.startsWith(CUSTOM_PATHS) ? CUSTOM_PATHS + "{id}/proxy" : path;
  }

  /** Sends what there is, for a few seconds at most. */
  @Override
  public void close() {
    provider.shutdown().join(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
  }
}
