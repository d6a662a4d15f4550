package com.ecohash.ecolink.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.testing.FakeContainer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies that the disk has no room for, or none by the limit of all of them. */
class SpoolIT {
  private static final int MEGABYTE = 1 << 20;

  private static Path dataDir;
  private static GatewayProcess process;
  private static FakeContainer container;
  private static Tenant tenant;
  private static String model;

  @BeforeAll
  static void begin() throws IOException {
    Path parent = Path.of(System.getProperty("ecolink.work", "target/gateways"));
    dataDir = Files.createTempDirectory(Files.createDirectories(parent), "spool-");
    process = GatewayProcess.start(dataDir, Map.of("ecolink.limits.spool", "3MB"));
    container = FakeContainer.start();
    tenant = Tenant.on(process.gateway());
    model = tenant.launch(container);
  }

  @AfterAll
  static void end() {
    container.close();
    process.close();
  }

  private static HttpResponse<String> send(int megabytes) {
    String text = "word ".repeat(megabytes * MEGABYTE / 5);
    return tenant.chat(
        "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
            .formatted(model, text));
  }

  private static JsonNode refusalOf(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).isPresent();
    JsonNode error = Tenant.json(answer.body()).path("error");
    assertThat(error.path("code").asText()).isEqualTo("overloaded");
    return error;
  }

  @Test
  void tellsAClientThatItsBodyCannotBeWritten() throws IOException {
    Path spool = dataDir.resolve("spool");
    Files.deleteIfExists(spool);
    Files.createFile(spool);
    try {
      assertThat(refusalOf(send(2)).path("message").asText()).contains("disk");
    } finally {
      Files.delete(spool);
    }

    assertThat(process.output()).contains("ERROR").contains("spool folder");
    assertThat(send(2).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesABodyThatIsTooMuchForTheSpool() {
    assertThat(refusalOf(send(4)).path("message").asText()).contains("`ecolink.limits.spool`");

    for (int i = 0; i < 3; i++) {
      assertThat(send(2).statusCode()).isEqualTo(200); // the room of each is given back
    }
  }
}
