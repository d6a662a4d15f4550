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
      await().atMost(Duration.ofSeconds(5)).until(() -> ask(other, secret, model) == 200);

      tenant.delete("/api/keys/" + key.path("id").asLong());
      assertThat(ask(one, secret, model)).isEqualTo(401);
      await().atMost(Duration.ofSeconds(5)).until(() -> ask(other, secret, model) == 401);

      // What the other node served is in the same books.
      Records.of(other.gateway(), tenant);
      Map<String, JsonNode> records = Records.of(one.gateway(), tenant);
      assertThat(records).hasSize(container.received().size()).isNotEmpty();
      Books.assertBalanced(one.gateway(), tenant, records.values());
    }
  }

  @Test
  void shareAKeysLimit() throws IOException {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        FakeContainer container = FakeContainer.start();
        GatewayProcess one = node(server)) {
      Tenant tenant = Tenant.on(one.gateway());
      String model = tenant.launch(container);
      try (GatewayProcess other = node(server)) {
        await().atMost(Duration.ofSeconds(10)).until(() -> firstLeaves(one, tenant) == 98);
        await().atMost(Duration.ofSeconds(10)).until(() -> firstLeaves(other, tenant) == 98);

        String key = newKey(tenant, 10);
        assertThat(granted(one, key, model) + granted(other, key, model)).isBetween(10, 14);
      }
      // The other one has said goodbye: its share is this one's again.
      await().atMost(Duration.ofSeconds(10)).until(() -> firstLeaves(one, tenant) == 99);
    }
  }

  private static String newKey(Tenant tenant, int limit) {
    return tenant
        .post("/api/keys", "{\"name\":\"limited\",\"rate_limit\":" + limit + "}")
        .path("key")
        .asText();
  }

  /** What a new key with a limit of 100 has left after its first request: 98 with two nodes. */
  private static long firstLeaves(GatewayProcess node, Tenant tenant) {
    String key = newKey(tenant, 100);
    return await()
        .atMost(Duration.ofSeconds(5))
        .until(
            () ->
                node.gateway()
                    .send(
                        HttpRequest.newBuilder(node.gateway().resolve("/v1/models"))
                            .header("Authorization", "Bearer " + key)
                            .build())
                    .headers()
                    .firstValueAsLong("x-ratelimit-remaining")
                    .orElse(-1), // the node does not know the key yet
            left -> left >= 0);
  }

  private static int granted(GatewayProcess node, String key, String model) {
    await().atMost(Duration.ofSeconds(5)).until(() -> ask(node, key, "nothing:1") != 401);
    int granted = 1;
    for (int i = 0; i < 20; i++) {
      granted += ask(node, key, model) == 200 ? 1 : 0;
    }
    return granted;
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
