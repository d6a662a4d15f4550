package com.ecohash.ecolink.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.container.Browser;
import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.Tenant;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Sessions and failed sign-ins of several gateways on one database. */
class SessionsOnTwoNodesIT {
  private static final String EMAIL = "owner@example.com";
  private static final String PASSWORD = "correct horse battery";

  private static GatewayProcess node(EmbeddedPostgres server, Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(more);
    properties.put("ecolink.database.url", server.getJdbcUrl("postgres", "postgres"));
    properties.put("ecolink.database.user", "postgres");
    return GatewayProcess.start(properties);
  }

  @Test
  void workOnEveryNodeAndSurviveARestart() throws IOException {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        GatewayProcess other = node(server, Map.of())) {
      Browser browser;
      Browser second;
      try (GatewayProcess one = node(server, Map.of())) {
        Browser.account(one.gateway(), EMAIL, PASSWORD);
        browser = new Browser(one.gateway());
        assertThat(browser.signIn(EMAIL, PASSWORD).statusCode()).isEqualTo(200);
        browser.goTo(other.gateway());
        assertThat(browser.get("/api/session").statusCode()).isEqualTo(200);
        assertThat(browser.post("/api/keys", "{\"name\":\"ci\"}").statusCode()).isEqualTo(201);
        second = new Browser(other.gateway());
        assertThat(second.signIn(EMAIL, PASSWORD).statusCode()).isEqualTo(200);
        one.kill();
      }
      try (GatewayProcess again = node(server, Map.of())) {
        browser.goTo(again.gateway());
        second.goTo(again.gateway());
        assertThat(browser.get("/api/session").statusCode()).isEqualTo(200);
        HttpResponse<String> out = browser.delete("/api/session?everywhere=true");
        assertThat(out.statusCode()).isEqualTo(204);
        second.goTo(other.gateway());
        assertThat(second.get("/api/session").statusCode()).isEqualTo(401);
      }
    }
  }

  @Test
  void countFailuresTogetherAndTurnAwayAFlood() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        GatewayProcess one = node(server, Map.of("ecolink.sign-in.parallel", "1"));
        GatewayProcess other = node(server, Map.of("ecolink.sign-in.parallel", "1"))) {
      Browser.account(one.gateway(), EMAIL, PASSWORD);
      int lookedAt = 0;
      for (int i = 0; i < 12; i++) {
        GatewayProcess any = i % 2 == 0 ? one : other;
        HttpResponse<String> answer = new Browser(any.gateway()).signIn(EMAIL, "guess " + i);
        lookedAt += answer.statusCode() == 401 ? 1 : 0;
      }
      assertThat(lookedAt).isBetween(5, 9);
      flood(one);
    }
  }

  /** From many client addresses, as a proxy would tell if it were trusted, there is no limit. */
  private static void flood(GatewayProcess node) throws InterruptedException {
    List<Integer> statuses = new CopyOnWriteArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(40);
    for (int i = 0; i < 200; i++) {
      String email = "nobody-" + i + "@example.com";
      threads.execute(
          () -> statuses.add(new Browser(node.gateway()).signIn(email, "password").statusCode()));
    }
    threads.shutdown();
    assertThat(node.gateway().get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(statuses).hasSize(200).allMatch(status -> List.of(401, 429, 503).contains(status));
    // 50 failures are free for an address; the rest waits for its turn in vain, or is told to wait
    assertThat(statuses).filteredOn(status -> status == 401).hasSizeLessThanOrEqualTo(60);
  }

  @Test
  void expire() throws IOException {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
        GatewayProcess one =
            node(
                server,
                Map.of("ecolink.session.idle-timeout", "10m", "ecolink.session.age-max", "3s"))) {
      Browser.account(one.gateway(), EMAIL, PASSWORD);
      Browser browser = new Browser(one.gateway());
      assertThat(browser.signIn(EMAIL, PASSWORD).statusCode()).isEqualTo(200);
      String key =
          Tenant.json(browser.post("/api/session/playground-key", "").body()).path("key").asText();
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> browser.get("/api/session").statusCode() == 401);
      HttpResponse<String> models =
          one.gateway()
              .send(
                  HttpRequest.newBuilder(one.gateway().resolve("/v1/models"))
                      .header("Authorization", "Bearer " + key)
                      .build());
      assertThat(models.statusCode()).isEqualTo(401);
    }
  }
}
