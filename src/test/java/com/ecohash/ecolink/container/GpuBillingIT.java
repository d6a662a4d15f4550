package com.ecohash.ecolink.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.testing.FakeContainer;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The bill of an account with custom instances, on either server (SPEC 4). */
@ExtendWith(ArquillianExtension.class)
class GpuBillingIT {
  @ArquillianResource private URL address;

  private RunningGateway gateway;
  private Tenant tenant;

  @Deployment(testable = false)
  static WebArchive archive() {
    return RunningGateway.archive();
  }

  @BeforeEach
  void begin() {
    gateway = RunningGateway.at(address);
    tenant = Tenant.on(gateway);
  }

  private HttpResponse<String> operator(String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.resolve(path))
            .header("Authorization", "Bearer " + gateway.operatorKey())
            .header("Content-Type", "application/json")
            .header("X-EcoLink-Account", Long.toString(tenant.account()))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return gateway.send(request.build());
  }

  private String download(String path) {
    HttpResponse<String> answer =
        gateway.send(
            HttpRequest.newBuilder(gateway.resolve(path))
                .header("Authorization", "Bearer " + gateway.operatorKey())
                .header("X-EcoLink-Account", Long.toString(tenant.account()))
                .build());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    return answer.body();
  }

  private HttpResponse<String> launch(FakeContainer container, String gpuType) {
    String region = "r" + System.nanoTime();
    operator("/api/admin/regions", "{\"id\":\"" + region + "\"}");
    return operator(
        "/api/instances",
        ("{\"name\":\"my-own\",\"openai_compatible\":false,\"custom_api_path\":\"/\","
                + "\"gpu_type\":\"%s\",\"gpu_count\":2,"
                + "\"regions\":[{\"region\":\"%s\",\"endpoint\":\"%s\"}]}")
            .formatted(gpuType, region, container.uri()));
  }

  @Test
  void gpuTimeRunsDryAndStopsTheInstance() {
    String gpuType = "T" + System.nanoTime();
    try (FakeContainer container = FakeContainer.start()) {
      HttpResponse<String> unpriced = launch(container, gpuType);
      assertThat(unpriced.statusCode()).isEqualTo(402);
      assertThat(unpriced.body()).contains("model_not_priced");

      // Twelve dollars a GPU-second: the hundred last for some five seconds.
      operator(
          "/api/admin/prices",
          "{\"gpu_type\":\"" + gpuType + "\",\"unit\":\"gpu_hours\",\"amount\":\"43200\"}");
      HttpResponse<String> launched = launch(container, gpuType);
      assertThat(launched.statusCode()).as(launched.body()).isEqualTo(201);
      long id = Tenant.json(launched.body()).path("id").asLong();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  tenant
                      .manage("/api/instances/" + id)
                      .path("termination_reason")
                      .asText()
                      .equals("credit_depleted"));

      JsonNode billing = tenant.manage("/api/billing");
      BigDecimal balance = new BigDecimal(billing.path("balance").asText());
      assertThat(balance).isNotPositive();
      assertThat(billing.path("burn_per_hour").asText()).isEqualTo("0.00");
      assertThat(billing.path("hours_left").isNull()).isTrue();
      assertThat(
              StreamSupport.stream(billing.path("warnings").spliterator(), false)
                  .map(warning -> warning.path("minutes").asInt()))
          .contains(0);
      assertThat(new BigDecimal(billing.path("cost").asText()))
          .isEqualByComparingTo(new BigDecimal("100").subtract(balance));
      await().atMost(Duration.ofSeconds(5)).until(() -> call(id), status -> status == 402);
      assertThat(launch(container, gpuType).body()).contains("insufficient_balance");

      List<String> rows = download("/api/usage.csv").lines().toList();
      assertThat(rows.get(0)).startsWith("id,started_at,instance_id");
      assertThat(rows.subList(1, rows.size()))
          .isNotEmpty()
          .allMatch(row -> row.contains("gpu_time"));
      assertThat(download("/api/usage.csv?group_by=day,instance"))
          .contains("," + id + ",")
          .contains(billing.path("cost").asText());
      assertThat(download("/api/billing/transactions.csv")).contains("gpu_usage", "top_up");
      JsonNode byInstance = tenant.manage("/api/usage?group_by=instance").path("data").get(0);
      assertThat(byInstance.path("group").asText()).isEqualTo(Long.toString(id));
      assertThat(byInstance.path("gpu_seconds").asLong())
          .isEqualTo(billing.path("gpu_seconds").asLong());
    }
  }

  private List<String> audited(String action) {
    return StreamSupport.stream(
            tenant.manage("/api/audit?limit=1000").path("data").spliterator(), false)
        .filter(entry -> entry.path("action").asText().equals(action))
        .map(entry -> entry.path("detail").asText())
        .toList();
  }

  @Test
  void writesDownOnceWhatIsAskedForTwice() {
    try (FakeContainer container = FakeContainer.start()) {
      long instance = tenant.launchUnpriced(container);
      long key = tenant.newKey().path("id").asLong();
      for (int time = 0; time < 2; time++) {
        tenant.delete("/api/instances/" + instance);
        tenant.delete("/api/keys/" + key);
      }
      assertThat(audited("instance_stopped")).hasSize(1);
      assertThat(audited("key_revoked")).hasSize(1);
    }
  }

  private int call(long id) {
    return gateway
        .send(tenant.authorized("/inference-instances/" + id + "/proxy/x").GET().build())
        .statusCode();
  }

  @Test
  void booksOnceUnderAnIdempotencyKey() {
    String path = "/api/admin/accounts/" + tenant.account() + "/credits";
    String body = "{\"amount\":\"5\",\"kind\":\"bonus\",\"description\":\"=HYPERLINK(1)\"}";
    List<CompletableFuture<HttpResponse<String>>> asked =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> operator(path, body, "Idempotency-Key", "once")))
            .toList();
    Set<String> answers = new HashSet<>();
    for (CompletableFuture<HttpResponse<String>> one : asked) {
      assertThat(one.join().statusCode()).isEqualTo(201);
      answers.add(one.join().body());
    }
    assertThat(answers).hasSize(1);
    assertThat(tenant.manage("/api/billing").path("balance").asText()).isEqualTo("105.00");
    assertThat(audited("credit_posted")).filteredOn(detail -> detail.contains("bonus")).hasSize(1);
    assertThat(operator(path, "{\"amount\":\"6\"}", "Idempotency-Key", "once").statusCode())
        .isEqualTo(409);
    for (String refused :
        List.of(
            "{\"amount\":\"-5\"}",
            "{\"amount\":\"0\"}",
            "{\"amount\":\"9000000000\"}",
            "{\"amount\":\"1e9\"}",
            "{\"amount\":5}",
            "{\"amount\":\"5\",\"kind\":\"api_usage\"}")) {
      assertThat(operator(path, refused).statusCode()).as(refused).isEqualTo(400);
    }
    assertThat(operator(path, "{\"amount\":\"-5\",\"kind\":\"adjustment\"}").statusCode())
        .isEqualTo(201);
    assertThat(tenant.manage("/api/billing").path("balance").asText()).isEqualTo("100.00");
    assertThat(download("/api/billing/transactions.csv")).contains(",'=HYPERLINK(1)");
  }
}
