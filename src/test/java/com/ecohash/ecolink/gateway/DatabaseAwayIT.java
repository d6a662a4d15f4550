package com.ecohash.ecolink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database is gone for a minute under load: nobody notices, and nothing is lost (SPEC 3). */
class DatabaseAwayIT {
  private static final Duration AWAY = Duration.ofMinutes(1);

  @Test
  void servesOnAndRecordsEverythingOnce(@TempDir Path database) throws IOException {
    int port = freePort();
    EmbeddedPostgres server = start(port, database);
    try (FakeContainer container = FakeContainer.start();
        GatewayProcess process =
            GatewayProcess.start(
                Map.of(
                    "ecolink.database.url",
                    "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                    "ecolink.database.user",
                    "postgres"))) {
      Tenant tenant = Tenant.on(process.gateway());
      String model = tenant.launch(container);
      container.behave(Behaviour.Answer.of(5).every(Duration.ofMillis(10)));
      try (Load load = Load.start(tenant, model, 2)) {
        awaitMore(load, 50);
        server.close();
        int before = load.answeredInFull().size();
        long backAtNanos = System.nanoTime() + AWAY.toNanos();
        await()
            .atMost(AWAY.plusSeconds(30))
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> System.nanoTime() > backAtNanos);
        assertThat(load.answeredInFull().size()).isGreaterThan(before + 100);
        assertThat(process.gateway().get("/health/ready").statusCode()).isEqualTo(503);
        server = start(port, database);
        awaitMore(load, 50);
        load.close();

        Map<String, JsonNode> records = Records.of(process.gateway(), tenant);
        assertThat(records.keySet()).isEqualTo(Set.copyOf(load.answeredInFull()));
        assertThat(records).hasSize(container.received().size());
        Books.assertBalanced(process.gateway(), tenant, records.values());
        await().until(() -> process.gateway().get("/health/ready").statusCode() == 200);
      }
    } finally {
      server.close();
    }
  }

  private static void awaitMore(Load load, int answers) {
    int enough = load.answeredInFull().size() + answers;
    await().atMost(Duration.ofSeconds(30)).until(() -> load.answeredInFull().size() >= enough);
  }

  private static EmbeddedPostgres start(int port, Path data) throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .start();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
