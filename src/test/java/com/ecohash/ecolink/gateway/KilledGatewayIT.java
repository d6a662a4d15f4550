package com.ecohash.ecolink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.testing.FakeContainer;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} under load: no record is lost and none is doubled (SPEC 3). */
class KilledGatewayIT {
  private static final int CLIENTS = 8;
  private static final int ANSWERS = 400;

  @RepeatedTest(2)
  void losesNoRecordAndDoublesNone(@TempDir Path dataDir) {
    try (FakeContainer container = FakeContainer.start()) {
      GatewayProcess killed = GatewayProcess.start(dataDir, Map.of());
      Tenant tenant = Tenant.on(killed.gateway());
      String model = tenant.launch(container);
      Load load = Load.start(tenant, model, CLIENTS);
      await().atMost(Duration.ofSeconds(60)).until(() -> load.answeredInFull().size() > ANSWERS);
      killed.kill();
      load.close();

      try (GatewayProcess restarted = GatewayProcess.start(dataDir, Map.of())) {
        Map<String, JsonNode> records = Records.of(restarted.gateway(), tenant);

        assertThat(records.keySet()).containsAll(load.answeredInFull());
        assertThat(records)
            .allSatisfy(
                (id, record) ->
                    assertThat(record.path("ending").asText())
                        .isIn(
                            load.answeredInFull().contains(id)
                                ? List.of("completed")
                                : List.of("completed", "interrupted")));
        // Whatever a container saw has a record; at most, each client had one more under way that
        // the container did not see any more.
        assertThat(records.size())
            .isBetween(container.received().size(), container.received().size() + CLIENTS);
        assertThat(records.values())
            .allMatch(
                record ->
                    record.path("ending").asText().equals("completed")
                        || record.path("cost").asText().equals("0.00"));
        Books.assertBalanced(restarted.gateway(), tenant, records.values());
      }
    }
  }
}
