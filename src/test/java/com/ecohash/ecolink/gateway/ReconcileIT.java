package com.ecohash.ecolink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.testing.FakeContainer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar ecolink.war reconcile}, beside gateways and after one was killed (SPEC 4). */
class ReconcileIT {
  private record Result(int exitCode, String output) {}

  private static Result reconcile(Map<String, String> properties)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of("-Xmx128m", "-jar", System.getProperty("ecolink.war"), "reconcile"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  /** A custom instance that costs, and exchanges under way. */
  private static Load use(Tenant tenant, FakeContainer container, int answers) {
    Load load = Load.start(tenant, tenant.launch(container), 4);
    await().atMost(Duration.ofSeconds(60)).until(() -> load.answeredInFull().size() > answers);
    return load;
  }

  @Test
  void findsNothingAfterAKillAndWhatSomebodyChanged(@TempDir Path dataDir) throws Exception {
    Map<String, String> settings = Map.of("ecolink.data.dir", dataDir.toString());
    try (FakeContainer container = FakeContainer.start()) {
      GatewayProcess killed = GatewayProcess.start(dataDir, Map.of());
      Tenant tenant = Tenant.on(killed.gateway());
      Load load = use(tenant, container, 200);
      Result beside =
          reconcile(
              Map.of(
                  "ecolink.data.dir",
                  dataDir.toString(),
                  "ecolink.http.port",
                  Integer.toString(killed.gateway().base().getPort())));
      assertThat(beside.output()).contains("Nothing differs: ");
      assertThat(beside.exitCode()).isZero();
      killed.kill();
      load.close();
    }
    Result sound = reconcile(settings);
    assertThat(sound.output()).contains("Nothing differs: ");
    assertThat(sound.exitCode()).isZero();

    change(
        "jdbc:h2:file:" + dataDir.resolve("db").resolve("ecolink"),
        "sa",
        "update account set balance_nanos = balance_nanos + 1");
    Result differs = reconcile(settings);
    assertThat(differs.output()).contains("its balance is").contains("One difference: ");
    assertThat(differs.exitCode()).isEqualTo(1);
  }

  @Test
  void readsPostgresqlWhileAGatewayWritesOnIt() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        FakeContainer container = FakeContainer.start()) {
      String url = server.getJdbcUrl("postgres", "postgres");
      Map<String, String> settings =
          Map.of("ecolink.database.url", url, "ecolink.database.user", "postgres");
      try (GatewayProcess gateway = GatewayProcess.start(settings);
          Load load = use(Tenant.on(gateway.gateway()), container, 200)) {
        Result sound = reconcile(settings);
        assertThat(sound.output()).contains("Nothing differs: ");
        assertThat(sound.exitCode()).isZero();
        assertThat(load.answeredInFull()).isNotEmpty();
        change(url, "postgres", "delete from usage_day");
        assertThat(reconcile(settings).exitCode()).isEqualTo(1);
      }
    }
  }

  @Test
  void saysInASentenceWhatItCannotRead(@TempDir Path empty) throws Exception {
    Result result = reconcile(Map.of("ecolink.data.dir", empty.toString()));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.output()).startsWith("There is no database in ").hasLineCount(1);
  }

  private static void change(String url, String user, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, "");
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }
}
