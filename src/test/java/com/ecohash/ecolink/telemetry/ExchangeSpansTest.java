package com.ecohash.ecolink.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.EndedExchange;
import com.ecohash.ecolink.testing.ClientRequest;
import com.ecohash.ecolink.testing.TraceCollector;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExchangeSpansTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  private final TraceCollector collector = TraceCollector.start();

  @AfterEach
  void end() {
    collector.close();
  }

  private void serve(int sampledPercent, ClientRequest request) {
    SpanExport export =
        new SpanExport(
            collector.endpoint() + "/", Map.of("Authorization", "secret"), sampledPercent, "node");
    try (ExchangeSpans spans = new ExchangeSpans(export)) {
      spans
          .begin(request.servlet())
          .ended(
              new EndedExchange(
                  new RequestId("req_00000000000000000000000001"),
                  Instant.EPOCH,
                  "POST",
                  "/v1/chat/completions",
                  Optional.empty(),
                  Optional.empty(),
                  401,
                  Optional.of("unauthorized"),
                  Optional.empty(),
                  10));
    }
  }

  private static ClientRequest client() {
    return ClientRequest.from("192.0.2.7");
  }

  @Test
  void sendARefusalAsAServersSpan() {
    serve(100, client());
    assertThat(collector.spans()).hasSize(1);
    TraceCollector.Span span = collector.spans().get(0);
    assertThat(span.name()).isEqualTo("POST /v1/chat/completions");
    assertThat(span.kind()).isEqualTo(2);
    assertThat(span.parentSpanId()).isEmpty();
    assertThat(span.attributes())
        .containsEntry("http.request.method", "POST")
        .containsEntry("http.response.status_code", "401")
        .containsEntry("error.type", "unauthorized")
        .containsEntry("client.address", "192.0.2.7")
        .containsEntry("ecolink.request.id", "req_00000000000000000000000001");
    assertThat(collector.authorizations()).contains("secret");
  }

  @Test
  void goOnWithAClientsTrace() {
    serve(0, client().with("traceparent", "00-" + TRACE + "-" + PARENT + "-01"));
    TraceCollector.Span span = collector.spans().get(0);
    assertThat(span.traceId()).isEqualTo(TRACE);
    assertThat(span.parentSpanId()).isEqualTo(PARENT);
  }

  @Test
  void sendNothingThatIsNotSampled() {
    serve(0, client());
    serve(100, client().with("traceparent", "00-" + TRACE + "-" + PARENT + "-00"));
    assertThat(collector.spans()).isEmpty();
  }

  @Test
  void beginAnewWhereAClientsTraceIsNone() {
    serve(100, client().with("traceparent", "00-nonsense"));
    assertThat(collector.spans().get(0).parentSpanId()).isEmpty();
  }

  @Test
  void doNotMindACollectorThatIsAway() {
    collector.close();
    serve(100, client());
    assertThat(collector.spans()).isEmpty();
  }
}
