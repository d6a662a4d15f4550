package com.ecohash.ecolink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.ecohash.ecolink.testing.TraceCollector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A gateway with a collector tells it of each exchange and each attempt. */
class TracingIT {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  @Test
  void followsAnExchangeFromItsClientToItsContainer() {
    try (TraceCollector collector = TraceCollector.start();
        FakeContainer container = FakeContainer.start();
        GatewayProcess process =
            GatewayProcess.start(Map.of("ecolink.tracing.endpoint", collector.endpoint()))) {
      Tenant tenant = Tenant.on(process.gateway());
      String model = tenant.launch(container, container);
      container.next(new Behaviour.Status(503, "{}"));
      process
          .gateway()
          .send(
              tenant
                  .chatRequest(Tenant.question(model, false))
                  .header("traceparent", "00-" + TRACE + "-" + PARENT + "-01")
                  .header("tracestate", "vendor=word")
                  .build());

      await().atMost(Duration.ofSeconds(10)).until(() -> collector.spans().size() == 3);
      List<TraceCollector.Span> spans = collector.spans();
      assertThat(spans).allMatch(span -> span.traceId().equals(TRACE));
      TraceCollector.Span server =
          spans.stream().filter(span -> span.kind() == 2).findFirst().orElseThrow();
      assertThat(server.parentSpanId()).isEqualTo(PARENT);
      assertThat(server.attributes())
          .containsEntry("gen_ai.operation.name", "chat")
          .containsEntry("gen_ai.request.model", model)
          .containsEntry("gen_ai.usage.input_tokens", "42")
          .containsEntry("ecolink.ending", "completed");
      List<TraceCollector.Span> attempts =
          spans.stream().filter(span -> span.parentSpanId().equals(server.spanId())).toList();
      assertThat(attempts).hasSize(2);
      assertThat(attempts).allMatch(span -> span.name().equals("chat " + model));
      assertThat(attempts.get(0).attributes()).containsEntry("error.type", "status_503");
      assertThat(attempts.get(1).attributes())
          .containsEntry("gen_ai.usage.output_tokens", "5")
          .containsEntry("server.port", Integer.toString(container.port()));
      for (int i = 0; i < 2; i++) {
        assertThat(container.received().get(i).header("traceparent"))
            .contains("00-" + TRACE + "-" + attempts.get(i).spanId() + "-01");
        assertThat(container.received().get(i).header("tracestate")).contains("vendor=word");
      }
    }
  }

  @Test
  void followsAnExchangeOfTheCustomPathToo() {
    try (TraceCollector collector = TraceCollector.start();
        FakeContainer container = FakeContainer.start();
        GatewayProcess process =
            GatewayProcess.start(Map.of("ecolink.tracing.endpoint", collector.endpoint()))) {
      Tenant tenant = Tenant.on(process.gateway());
      long instance = tenant.launchCustom("/", "http/1.1", container.uri());
      process
          .gateway()
          .send(
              tenant
                  .authorized("/inference-instances/" + instance + "/proxy/x")
                  .header("traceparent", "00-" + TRACE + "-" + PARENT + "-01")
                  .build());

      await().atMost(Duration.ofSeconds(10)).until(() -> collector.spans().size() == 2);
      TraceCollector.Span server =
          collector.spans().stream().filter(span -> span.kind() == 2).findFirst().orElseThrow();
      TraceCollector.Span attempt =
          collector.spans().stream().filter(span -> span.kind() != 2).findFirst().orElseThrow();
      assertThat(attempt.parentSpanId()).isEqualTo(server.spanId());
      assertThat(container.received().get(0).header("traceparent"))
          .contains("00-" + TRACE + "-" + attempt.spanId() + "-01");
    }
  }
}
