package com.ecohash.ecolink.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** What exchanges leave behind: usage records, and what is thought of their replicas. */
final class Aftermath {
  private static final int ASKED_MAX = 60;
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Tenant tenant;

  Aftermath(Tenant tenant) {
    this.tenant = tenant;
  }

  /** The record of the exchange that gave this answer, once it has ended. */
  JsonNode record(HttpResponse<?> answer) {
    return record(answer.headers().firstValue("x-ecolink-request-id").orElseThrow());
  }

  JsonNode record(String requestId) {
    return await()
        .atMost(LONG)
        .ignoreExceptions()
        .until(() -> tenant.receipt(requestId), receipt -> receipt != null);
  }

  /** The one record that the account has: of an exchange whose client left without its id. */
  JsonNode onlyRecord() {
    JsonNode records = await().atMost(LONG).until(this::records, found -> !found.isEmpty());
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  /** What the database has by now. */
  JsonNode records() {
    return tenant.manage("/api/usage").path("data");
  }

  /** The health of a model's replicas, in the order of their launch. */
  List<String> health(String model) {
    String id = model.substring(model.indexOf(':') + 1);
    return texts(tenant.manage("/api/instances/" + id).path("regions"), "health");
  }

  /** Waits until a model's replicas are known to be healthy, so that any of them may be chosen. */
  void awaitHealthy(String model) {
    await()
        .atMost(LONG)
        .until(() -> health(model).stream().allMatch(health -> health.equals("healthy")));
  }

  /**
   * Asks until an exchange has needed a second region, and returns its record. Of two healthy ones
   * it is one or the other at random.
   *
   * @param ask checks its answer as well: the client must see nothing of it, ever
   */
  JsonNode firstFailover(Supplier<HttpResponse<?>> ask) {
    for (int i = 0; i < ASKED_MAX; i++) {
      JsonNode record = record(ask.get());
      if (record.path("attempts").size() > 1) {
        return record;
      }
    }
    throw new AssertionError("the failing region was never asked");
  }

  /** How each attempt of an exchange ended. */
  static List<String> results(JsonNode record) {
    return texts(record.path("attempts"), "result");
  }

  /** Why each attempt's replica was chosen. */
  static List<String> reasons(JsonNode record) {
    return texts(record.path("attempts"), "reason");
  }

  private static List<String> texts(JsonNode list, String member) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(item -> item.path(member).asText())
        .toList();
  }

  /** Checks a record of an exchange that nobody pays for. */
  static void assertUnbilled(JsonNode record, String ending, int status, String... results) {
    assertThat(record.path("ending").asText()).isEqualTo(ending);
    assertThat(record.path("status").asInt()).isEqualTo(status);
    assertThat(record.path("cost").asText()).isEqualTo("0.00");
    assertThat(results(record)).containsExactly(results);
  }
}
