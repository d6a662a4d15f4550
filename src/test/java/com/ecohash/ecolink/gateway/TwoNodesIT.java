package com.ecohash.ecolink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.testing.FakeContainer;
import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two gateways on one database: what one is told, the other knows within a second (SPEC 2.1). */
class TwoNodesIT {
  @Test
  void learnOfNewAndRevokedKeysFromEachOther() throws IOException {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        FakeContainer container = FakeContainer.start();
        GatewayProcess one = node(server);
        GatewayProcess other = node(server)) {
      Tenant tenant = Tenant.on(one.gateway());
      String model = tenant.launch(container);
      JsonNode key = tenant.newKey();
      String secret = key.path("key").asText();
      await().atMost(Duration.ofSeconds(1)).until(() -> ask(other, secret, model) == 200);

      tenant.delete("/api/keys/" + key.path("id").asLong());
      assertThat(ask(one, secret, model)).isEqualTo(401);
      await().atMost(Duration.ofSeconds(1)).until(() -> ask(other, secret, model) == 401);

      // What the other node served is in the same books.
      Records.of(other.gateway(), tenant);
      Map<String, JsonNode> records = Records.of(one.gateway(), tenant);
      assertThat(records).hasSize(container.received().size()).isNotEmpty();
      Books.assertBalanced(one.gateway(), tenant, records.values());
    }
  }

  private static GatewayProcess node(EmbeddedPostgres server) {
    return GatewayProcess.start(
        Map.of(
            "ecolink.database.url",
            server.getJdbcUrl("postgres", "postgres"),
            "ecolink.database.user",
            "postgres"));
  }

  private static int ask(GatewayProcess node, String key, String model) {
    return node.gateway()
        .send(
            HttpRequest.newBuilder(node.gateway().resolve("/v1/chat/completions"))
                .header("Authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString(Tenant.question(model, false)))
                .build())
        .statusCode();
  }
}
