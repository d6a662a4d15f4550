package com.ecohash.ecolink.gateway;

import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.RunningGateway;
import com.ecohash.ecolink.container.Tenant;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** An account's usage records as the management API lists them, all pages of them. */
final class Records {
  private Records() {}

  /** By request id; fails if one is listed twice. */
  static Map<String, JsonNode> of(RunningGateway gateway, Tenant tenant) {
    awaitDrained(gateway);
    Map<String, JsonNode> records = new LinkedHashMap<>();
    String cursor = "";
    do {
      JsonNode page = get(gateway, tenant, "/api/usage?limit=1000" + cursor);
      for (JsonNode record : page.path("data")) {
        if (records.put(record.path("id").asText(), record) != null) {
          throw new AssertionError("recorded twice: " + record);
        }
      }
      cursor =
          page.path("next_cursor").isTextual()
              ? "&cursor=" + page.path("next_cursor").asText()
              : "";
    } while (!cursor.isEmpty());
    return records;
  }

  private static void awaitDrained(RunningGateway gateway) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              JsonNode checks = Tenant.json(gateway.get("/health/ready").body()).path("checks");
              for (JsonNode check : checks) {
                if (check.path("name").asText().equals("journal")) {
                  return check.at("/data/undrained").asLong(-1) == 0;
                }
              }
              return false;
            });
  }

  static JsonNode get(RunningGateway gateway, Tenant tenant, String path) {
    HttpResponse<String> answer =
        gateway.send(
            HttpRequest.newBuilder(gateway.resolve(path))
                .header("Authorization", "Bearer " + gateway.operatorKey())
                .header("X-EcoLink-Account", Long.toString(tenant.account()))
                .build());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return Tenant.json(answer.body());
  }
}
