package com.ecohash.ecolink.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A video is paid for once, whatever becomes of the gateway and its database meanwhile. */
class VideoJobsOfAProcessIT {
  private static final String WORKING = "{\"id\":\"job-1\",\"status\":\"queued\"}";
  private static final String DONE =
      "{\"id\":\"job-1\",\"status\":\"completed\",\"seconds\":\"6\"}";

  private static String launch(Tenant tenant, FakeContainer container) {
    container.behave(new Behaviour.Status(200, WORKING));
    return tenant.launch("video", Map.of("seconds", "0.50"), container);
  }

  private static HttpResponse<byte[]> begin(Tenant tenant, String model) {
    HttpResponse<byte[]> begun =
        tenant.call("/v1/video/generations", "{\"model\":\"" + model + "\",\"seconds\":4}");
    assertThat(begun.statusCode()).isEqualTo(200);
    return begun;
  }

  private static String id(HttpResponse<byte[]> begun) {
    return Tenant.json(new String(begun.body(), UTF_8)).path("id").asText();
  }

  private static HttpResponse<byte[]> ask(Tenant tenant, String id) {
    return tenant.get("/v1/video/generations/" + id.replace(":", "%3A"));
  }

  private static String receiptId(HttpResponse<byte[]> begun) {
    return begun.headers().firstValue("x-ecolink-job-receipt").orElseThrow();
  }

  /** One video of six seconds was made, and nothing else cost anything. */
  private static void assertBilledOnce(
      GatewayProcess process, Tenant tenant, HttpResponse<byte[]> begun) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> tenant.get("/v1/usage/" + receiptId(begun)).statusCode() == 200);
    Map<String, JsonNode> records = Records.of(process.gateway(), tenant);
    assertThat(tenant.receipt(receiptId(begun)).path("cost").asText()).isEqualTo("3.00");
    assertThat(records.values())
        .filteredOn(record -> !record.path("cost").asText().equals("0.00"))
        .hasSize(1);
    Books.assertBalanced(process.gateway(), tenant, records.values());
  }

  @Test
  void isFollowedThroughARestart(@TempDir Path dataDir) {
    try (FakeContainer container = FakeContainer.start()) {
      GatewayProcess killed = GatewayProcess.start(dataDir, Map.of());
      Tenant tenant = Tenant.on(killed.gateway());
      HttpResponse<byte[]> begun = begin(tenant, launch(tenant, container));
      killed.kill();
      container.behave(new Behaviour.Status(200, DONE));

      try (GatewayProcess restarted = GatewayProcess.start(dataDir, Map.of())) {
        Tenant same = tenant.at(restarted.gateway());
        assertThat(ask(same, "job-1").statusCode()).isEqualTo(200);
        assertBilledOnce(restarted, same, begun);
      }
    }
  }

  @Test
  void isFollowedWhenTheDatabaseWasAwayAndTheGatewayEnded(
      @TempDir Path database, @TempDir Path dataDir) throws IOException {
    int port = freePort();
    EmbeddedPostgres server = start(port, database);
    try (FakeContainer container = FakeContainer.start()) {
      GatewayProcess killed = GatewayProcess.start(dataDir, on(port));
      Tenant tenant = Tenant.on(killed.gateway());
      String model = launch(tenant, container);
      server.close();

      HttpResponse<byte[]> begun = begin(tenant, model);
      assertThat(id(begun)).startsWith("job-1:req_");
      assertThat(ask(tenant, id(begun)).statusCode()).isEqualTo(200);
      killed.kill();
      server = start(port, database);
      container.behave(new Behaviour.Status(200, DONE));

      try (GatewayProcess restarted = GatewayProcess.start(dataDir, on(port))) {
        Tenant same = tenant.at(restarted.gateway());
        assertBilledOnce(restarted, same, begun);
        assertThat(ask(same, id(begun)).statusCode()).isEqualTo(200);
      }
    } finally {
      server.close();
    }
  }

  @Test
  void isBilledOnceWhenItBeganAndEndedWithoutTheDatabase(
      @TempDir Path database, @TempDir Path dataDir) throws IOException {
    int port = freePort();
    EmbeddedPostgres server = start(port, database);
    try (FakeContainer container = FakeContainer.start();
        GatewayProcess process = GatewayProcess.start(dataDir, on(port))) {
      Tenant tenant = Tenant.on(process.gateway());
      String model = launch(tenant, container);
      server.close();
      HttpResponse<byte[]> begun = begin(tenant, model);
      container.behave(new Behaviour.Status(200, DONE));
      assertThat(ask(tenant, id(begun)).statusCode()).isEqualTo(200);

      HttpResponse<byte[]> unknown = ask(tenant, "job-1");
      assertThat(unknown.statusCode()).isEqualTo(503);
      assertThat(new String(unknown.body(), UTF_8)).contains("\"overloaded\"");
      assertThat(unknown.headers().firstValue("Retry-After")).isPresent();

      server = start(port, database);
      assertBilledOnce(process, tenant, begun);
    } finally {
      server.close();
    }
  }

  @Test
  void isRefusedBeforeItBeginsIfTooManyWaitForTheDatabase(
      @TempDir Path database, @TempDir Path dataDir) throws IOException {
    int port = freePort();
    EmbeddedPostgres server = start(port, database);
    Map<String, String> properties =
        Map.of(
            "ecolink.database.url",
            "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
            "ecolink.database.user",
            "postgres",
            "ecolink.video.unsaved-max",
            "1");
    try (FakeContainer container = FakeContainer.start();
        GatewayProcess process = GatewayProcess.start(dataDir, properties)) {
      Tenant tenant = Tenant.on(process.gateway());
      String model = launch(tenant, container);
      server.close();
      begin(tenant, model);

      HttpResponse<byte[]> refused =
          tenant.call("/v1/video/generations", "{\"model\":\"" + model + "\"}");

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(new String(refused.body(), UTF_8)).contains("ecolink.video.unsaved-max");
      assertThat(container.received()).hasSize(1);
    } finally {
      server.close();
    }
  }

  private static Map<String, String> on(int port) {
    return Map.of(
        "ecolink.database.url",
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
        "ecolink.database.user",
        "postgres");
  }

  private static EmbeddedPostgres start(int port, Path data) throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
