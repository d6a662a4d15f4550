package com.ecohash.ecolink.telemetry;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.metering.EndedExchange;
import com.ecohash.ecolink.metering.ExchangeListener;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.relay.AttemptFollower;
import com.ecohash.ecolink.routing.Lease;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The spans of one exchange, with OpenTelemetry's attributes for HTTP and for generative AI where
 * it has one. Attempts' spans are sent with the exchange's, when it is known what they were for.
 * Never holds a prompt, an answer or a key.
 */
public final class ExchangeSpan implements ExchangeListener {
  private final Tracer tracer;
  private final Span server;
  private final List<AttemptSpan> attempts = new ArrayList<>(2);

  ExchangeSpan(Tracer tracer, Span server) {
    this.tracer = tracer;
    this.server = server;
  }

  /** Begins the span of an attempt. */
  public AttemptFollower attempt(Lease lease) {
    URI endpoint = lease.replica().endpoint();
    Span span =
        tracer
            .spanBuilder("attempt")
            .setParent(Context.root().with(server))
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute("server.address", String.valueOf(endpoint.getHost()))
            .setAttribute("server.port", endpoint.getPort())
            .setAttribute("ecolink.region", lease.replica().region().value())
            .setAttribute("ecolink.replica.id", lease.replica().id().value())
            .setAttribute("ecolink.choice.reason", lease.reason().wireName())
            .startSpan();
    if (!attempts.isEmpty()) {
      span.setAttribute("http.request.resend_count", attempts.size());
    }
    AttemptSpan attempt = new AttemptSpan(span);
    attempts.add(attempt);
    return attempt;
  }

  @Override
  public void ended(EndedExchange exchange) {
    attempts.forEach(attempt -> attempt.end(exchange.record()));
    server.setAttribute("ecolink.request.id", exchange.id().value());
    exchange.account().map(AccountId::value).ifPresent(id -> put("ecolink.account.id", id));
    exchange.record().ifPresent(this::describe);
    if (exchange.status() > 0) {
      put("http.response.status_code", exchange.status());
    }
    exchange.errorCode().ifPresent(code -> server.setAttribute("error.type", code));
    if (exchange.status() >= 500) {
      server.setStatus(StatusCode.ERROR);
    }
    server.end();
  }

  private void put(String name, long value) {
    server.setAttribute(name, value);
  }

  private void describe(UsageRecord record) {
    describe(server, record);
    put("ecolink.instance.id", record.start().instance().value());
    server.setAttribute("ecolink.ending", record.ending().wireName());
    record.region().ifPresent(region -> server.setAttribute("ecolink.region", region.value()));
  }

  /** Semantic conventions for generative AI. */
  static void describe(Span span, UsageRecord record) {
    ExchangeStart start = record.start();
    span.setAttribute("gen_ai.provider.name", "ecolink");
    operation(start).ifPresent(name -> span.setAttribute("gen_ai.operation.name", name));
    if (!start.model().isEmpty()) {
      span.setAttribute("gen_ai.request.model", start.model());
    }
    if (record.units().inputTokens() > 0) {
      span.setAttribute("gen_ai.usage.input_tokens", record.units().inputTokens());
    }
    if (record.units().outputTokens() > 0) {
      span.setAttribute("gen_ai.usage.output_tokens", record.units().outputTokens());
    }
  }

  /** OpenTelemetry's word for what is asked, ours where it has none. */
  static Optional<String> operation(ExchangeStart start) {
    return start
        .category()
        .map(category -> category == Category.EMBEDDING ? "embeddings" : category.wireName());
  }
}
