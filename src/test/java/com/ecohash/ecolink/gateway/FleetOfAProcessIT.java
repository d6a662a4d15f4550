package com.ecohash.ecolink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.testing.CheckedContainer;
import com.ecohash.ecolink.testing.FakeContainer;
import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs settings of its own: checks at launch, keys of credentials, two nodes that stop. */
class FleetOfAProcessIT {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String ONE_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private static final String OTHER_KEY = "IB8eHRwbGhkYFxYVFBMSERAPDg0MCwoJCAcGBQQDAgE=";

  @Test
  void checksAContainerAsSoonAsItIsReady() {
    try (FakeContainer container = new CheckedContainer().open().start();
        GatewayProcess process = GatewayProcess.start(Map.of("ecolink.check.on-launch", "true"))) {
      Tenant tenant = Tenant.on(process.gateway());
      String model = tenant.launch(container);
      JsonNode report =
          await()
              .atMost(LONG)
              .ignoreExceptions()
              .until(
                  () ->
                      tenant.manage(
                          "/api/instances/" + model.substring(model.indexOf(':') + 1) + "/check"),
                  found -> found != null);
      assertThat(report.at("/replicas/0/findings")).hasSize(8);
      assertThat(tenant.manage("/api/usage").path("data")).isEmpty();
    }
  }

  @Test
  void refusesACredentialOnASharedDatabaseWithoutAKey() throws IOException {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        FakeContainer container = new CheckedContainer().start()) {
      try (GatewayProcess keyless = GatewayProcess.start(on(server, Map.of()))) {
        HttpResponse<String> refused = launchLocked(keyless, container);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("ecolink.secrets.key");
      }
      try (GatewayProcess one =
          GatewayProcess.start(on(server, Map.of("ecolink.secrets.key", ONE_KEY)))) {
        assertThat(launchLocked(one, container).statusCode()).isEqualTo(201);
        assertThat(one.output()).doesNotContain(CheckedContainer.CREDENTIAL);
      }
      Map<String, String> rotation =
          Map.of("ecolink.secrets.key", OTHER_KEY, "ecolink.secrets.previous-key", ONE_KEY);
      try (GatewayProcess rotated = GatewayProcess.start(on(server, rotation))) {
        assertThat(rotated.output()).contains("1 credentials of containers are encrypted");
      }
      try (GatewayProcess other =
          GatewayProcess.start(on(server, Map.of("ecolink.secrets.key", OTHER_KEY)))) {
        assertThat(other.gateway().get("/health/ready").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void makesAKeyFileBesideTheEmbeddedDatabase(@TempDir Path data) throws IOException {
    try (FakeContainer container = new CheckedContainer().start();
        GatewayProcess process = GatewayProcess.start(data, Map.of())) {
      assertThat(launchLocked(process, container).statusCode()).isEqualTo(201);
      assertThat(Files.getPosixFilePermissions(data.resolve("secrets.key")))
          .containsExactlyInAnyOrder(
              PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }
  }

  @Test
  void stopsOnEveryNode() throws IOException {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        FakeContainer container = new CheckedContainer().open().start();
        GatewayProcess one = GatewayProcess.start(on(server, Map.of()));
        GatewayProcess other = GatewayProcess.start(on(server, Map.of()))) {
      Tenant tenant = Tenant.on(one.gateway());
      String model = tenant.launch(container);
      String path = "/api/instances/" + model.substring(model.indexOf(':') + 1);
      assertThat(tenant.manage(path).path("state").asText()).isEqualTo("running");
      tenant.delete(path);
      await()
          .atMost(LONG)
          .until(
              () -> tenant.manage(path).path("state").asText(),
              state -> state.equals("terminated"));
      assertThat(List.of(one, other)).allMatch(node -> node.handle().isAlive());
    }
  }

  private static Map<String, String> on(EmbeddedPostgres server, Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(more);
    properties.put("ecolink.database.url", server.getJdbcUrl("postgres", "postgres"));
    properties.put("ecolink.database.user", "postgres");
    return properties;
  }

  private static HttpResponse<String> launchLocked(
      GatewayProcess process, FakeContainer container) {
    Tenant tenant = Tenant.on(process.gateway());
    String region = "region-" + Long.toString(System.nanoTime(), 36);
    tenant.post("/api/admin/regions", "{\"id\":\"" + region + "\"}");
    return process
        .gateway()
        .send(
            HttpRequest.newBuilder(process.gateway().resolve("/api/instances"))
                .header("Authorization", "Bearer " + process.gateway().operatorKey())
                .header("X-EcoLink-Account", Long.toString(tenant.account()))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"name\":\"my-llama\",\"category\":\"chat\",\"upstream_key\":\"%s\",\"regions\":[{\"region\":\"%s\",\"endpoint\":\"%s\"}]}"
                            .formatted(CheckedContainer.CREDENTIAL, region, container.uri())))
                .build());
  }
}
