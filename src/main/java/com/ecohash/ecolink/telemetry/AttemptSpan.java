package com.ecohash.ecolink.telemetry;

import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.relay.AttemptFollower;
import com.ecohash.ecolink.relay.Attempted;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The span of one attempt, which the container's own spans may have for their parent. */
final class AttemptSpan implements AttemptFollower {
  private static final String VERSION = "00";

  private final Span span;
  private @Nullable Attempted how;
  private @Nullable Instant endedAt;

  AttemptSpan(Span span) {
    this.span = span;
  }

  /** W3C Trace Context, section 3.2. */
  @Override
  public Optional<String> traceparent() {
    SpanContext context = span.getSpanContext();
    return Optional.of(
        VERSION
            + "-"
            + context.getTraceId()
            + "-"
            + context.getSpanId()
            + "-"
            + context.getTraceFlags().asHex());
  }

  @Override
  public void ended(Attempted attempted) {
    how = attempted;
    endedAt = Instant.now();
  }

  /** The exchange has ended too. */
  void end(Optional<UsageRecord> record) {
    record.ifPresent(this::describe);
    Attempted attempted = how;
    if (attempted != null && !attempted.result().equals("ok")) {
      span.setAttribute("error.type", attempted.result());
      span.setStatus(StatusCode.ERROR);
    }
    Instant end = endedAt;
    if (end == null) {
      span.end();
    } else {
      span.end(end);
    }
  }

  private void describe(UsageRecord record) {
    ExchangeSpan.operation(record.start())
        .ifPresent(operation -> span.updateName(operation + " " + record.start().model()));
    Attempted attempted = how;
    if (attempted != null && attempted.result().equals("ok")) {
      ExchangeSpan.describe(span, record);
    }
  }
}
