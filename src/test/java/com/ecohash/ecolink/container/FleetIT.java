package com.ecohash.ecolink.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.testing.ApiDocument;
import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.CheckedContainer;
import com.ecohash.ecolink.testing.FakeContainer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Instances' lives, their checks, and the document of the API, as a customer meets them. */
class FleetIT extends TwoRegions {
  private static final Duration LONG = Duration.ofSeconds(30);

  private static String id(String model) {
    return model.substring(model.indexOf(':') + 1);
  }

  private JsonNode instance(String model) {
    return tenant.manage("/api/instances/" + id(model));
  }

  @Test
  void runsAsSoonAsItsLaunchIsAnswered() {
    String model = tenant.launch(west, central);
    JsonNode instance = instance(model);
    assertThat(instance.path("state").asText()).isEqualTo("running");
    assertThat(instance.path("ready_at").isTextual()).isTrue();
    assertThat(tenant.ask(model).statusCode()).isEqualTo(200);
  }

  @Test
  void startsUntilItsContainerAnswersHealthChecks() {
    west.healthy(false);
    String model = tenant.launch(west);
    assertThat(instance(model).path("state").asText()).isEqualTo("starting");
    assertThat(tenant.ask(model).statusCode()).isEqualTo(200); // it answers all the same
    west.healthy(true);
    await()
        .atMost(LONG)
        .until(() -> instance(model).path("state").asText(), state -> state.equals("running"));
  }

  @Test
  void stopsWhenItsStreamsHaveEnded() throws IOException {
    west.behave(Behaviour.Answer.of(20).every(Duration.ofMillis(100)));
    String model = tenant.launch(west);
    try (InputStream stream = tenant.stream(model).body()) {
      assertThat(stream.read()).isPositive();
      tenant.delete("/api/instances/" + id(model));
      JsonNode stopping = instance(model);
      assertThat(stopping.path("state").asText()).isEqualTo("stopping");
      assertThat(stopping.path("state_reason").asText()).isEqualTo("stopped");
      assertThat(stopping.at("/regions/0/in_flight").asInt()).isEqualTo(1);
      HttpResponse<String> refused = tenant.ask(model);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("stopping");
      assertThat(new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .endsWith("[DONE]\n\n");
    }
    await()
        .atMost(LONG)
        .until(() -> instance(model).path("state").asText(), state -> state.equals("terminated"));
    assertThat(instance(model).path("termination_reason").asText()).isEqualTo("stopped");
  }

  @Test
  void drainsARegionWhileItsExchangesFinish() throws IOException {
    west.behave(Behaviour.Answer.of(20).every(Duration.ofMillis(100)));
    central.behave(Behaviour.Answer.of(20).every(Duration.ofMillis(100)));
    String model = tenant.launch(west, central);
    aftermath.awaitHealthy(model);
    try (InputStream stream = tenant.stream(model).body()) {
      assertThat(stream.read()).isPositive();
      int busy = instance(model).at("/regions/0/in_flight").asInt() == 1 ? 0 : 1;
      String region = instance(model).at("/regions/" + busy + "/region").asText();
      HttpResponse<String> drained = patch("/api/admin/regions/" + region, "{\"draining\":true}");
      assertThat(drained.statusCode()).isEqualTo(200);
      assertThat(instance(model).at("/regions/" + busy + "/draining").asBoolean()).isTrue();
      west.behave(Behaviour.Answer.of(1));
      central.behave(Behaviour.Answer.of(1));
      for (int i = 0; i < 5; i++) {
        assertThat(tenant.ask(model).headers().firstValue("x-ecolink-region"))
            .contains(instance(model).at("/regions/" + (1 - busy) + "/region").asText());
      }
      assertThat(new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .endsWith("[DONE]\n\n");
    }
  }

  @Test
  void tellsWhatCanBeCalledAndWhatItCosts() {
    String model = tenant.launch(west);
    long id = Long.parseLong(id(model));
    JsonNode models = tenant.manage("/api/models").path("data");
    List<JsonNode> own = new ArrayList<>();
    models.forEach(
        one -> {
          if (one.path("instance_id").asLong() == id) {
            own.add(one);
          }
        });
    assertThat(own)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.path("model").asText()).isEqualTo(model);
              assertThat(one.path("category").asText()).isEqualTo("chat");
              assertThat(one.path("regions_healthy").asInt()).isEqualTo(1);
              assertThat(one.path("prices")).hasSize(2);
            });
    assertThat(tenant.manage("/api/gpu-types").path("data").isArray()).isTrue();
  }

  @Test
  void listsInstancesByStateAndPageByPage() {
    String one = tenant.launch(west);
    String other = tenant.launch(central);
    tenant.delete("/api/instances/" + id(one));
    JsonNode running =
        tenant.manage("/api/instances?state=running,starting&category=chat&mode=openai");
    assertThat(running.path("data")).hasSize(1);
    assertThat(running.at("/data/0/id").asText()).isEqualTo(id(other));
    JsonNode first = tenant.manage("/api/instances?limit=1");
    assertThat(first.path("data")).hasSize(1);
    JsonNode second =
        tenant.manage("/api/instances?limit=1&cursor=" + first.path("next_cursor").asText());
    assertThat(second.at("/data/0/id").asText()).isEqualTo(id(one));
    assertThat(second.path("next_cursor").isNull()).isTrue();
    assertError(call("GET", "/api/instances?state=asleep", ""), 400, "invalid_request");
  }

  @Test
  void checksAContainerOnDemandAndKeepsTheReport() {
    try (FakeContainer good = new CheckedContainer().open().start()) {
      String model = tenant.launch(good);
      String path = "/api/instances/" + id(model) + "/check";
      assertError(call("GET", path, ""), 404, "not_found");
      JsonNode report = tenant.post(path, "{}");
      assertThat(report.at("/replicas/0/findings")).hasSize(8);
      assertThat(tenant.manage(path)).isEqualTo(report);
      assertThat(aftermath.records()).isEmpty(); // nobody pays for it
    }
  }

  @Test
  void keepsACredentialToItself() {
    try (FakeContainer locked = new CheckedContainer().start()) {
      String region = instance(tenant.launch(west)).at("/regions/0/region").asText();
      String secret = CheckedContainer.CREDENTIAL;
      JsonNode launched =
          tenant.post(
              "/api/instances",
              "{\"name\":\"my-llama\",\"category\":\"chat\",\"upstream_key\":\"%s\",\"regions\":[{\"region\":\"%s\",\"endpoint\":\"%s\"}]}"
                  .formatted(secret, region, locked.uri()));
      assertThat(launched.path("has_upstream_key").asBoolean()).isTrue();
      assertThat(launched.toString()).doesNotContain(secret);
      JsonNode report =
          tenant.post("/api/instances/" + launched.path("id").asText() + "/check", "{}");
      assertThat(report.toString())
          .doesNotContain(secret)
          .contains("The container asks for its credential");
    }
  }

  @Test
  void refusesEndpointsThatLeadElsewhere() {
    String region = instance(tenant.launch(west)).at("/regions/0/region").asText();
    for (String endpoint :
        List.of(
            "http://169.254.169.254/latest",
            "http://[::ffff:169.254.169.254]",
            "http://metadata.google.internal",
            "http://0x7f000001:8000",
            "http://127.1:8000",
            "http://0177.0.0.1:8000",
            "http://2130706433:8000",
            "http://user@127.0.0.1:8000",
            "http://127.0.0.1:8000/#there",
            "http://127.0.0.1:8000?there")) {
      assertError(
          call(
              "POST",
              "/api/instances",
              "{\"name\":\"a\",\"category\":\"chat\",\"regions\":[{\"region\":\"%s\",\"endpoint\":\"%s\"}]}"
                  .formatted(region, endpoint)),
          400,
          "invalid_request");
    }
  }

  @Test
  void describesItselfInJsonAndInYaml() {
    HttpResponse<String> json = gateway.get("/openapi");
    assertThat(json.statusCode()).isEqualTo(200);
    assertThat(json.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(Tenant.json(json.body())).isEqualTo(ApiDocument.built().json());
    HttpResponse<String> yaml =
        gateway.send(
            HttpRequest.newBuilder(gateway.resolve("/openapi"))
                .header("Accept", "application/yaml")
                .build());
    assertThat(yaml.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/yaml");
    assertThat(yaml.body()).contains("openapi: 3.1").contains("/api/instances/{id}/check:");
  }

  @Test
  void refusesWhatItDoesNotUnderstandInOneForm() {
    assertError(call("GET", "/api/nothing", ""), 404, "not_found");
    HttpResponse<String> wrongMethod = call("PUT", "/api/instances", "{}");
    assertError(wrongMethod, 405, "method_not_allowed");
    assertThat(wrongMethod.headers().firstValue("Allow").orElseThrow()).contains("POST");
    assertError(
        gateway.send(
            managing("/api/instances")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build()),
        415,
        "unsupported_media_type");
    assertError(call("POST", "/api/instances", "{\"name\":"), 400, "invalid_request");
    assertError(call("POST", "/api/instances", "{\"nane\":1}"), 400, "invalid_request");
    assertError(
        call("POST", "/api/instances", "{\"name\":\"" + "a".repeat(2 << 20) + "\"}"),
        413,
        "request_too_large");
    assertError(gateway.get("/api/instances"), 401, "unauthorized");
  }

  private static void assertError(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode body = Tenant.json(answer.body());
    assertThat(body.at("/error/code").asText()).isEqualTo(code);
    ApiDocument.built().check("GET", "/api/instances", status, body); // one form for all
  }

  private HttpRequest.Builder managing(String path) {
    return HttpRequest.newBuilder(URI.create(gateway.base() + path))
        .header("Authorization", "Bearer " + gateway.operatorKey())
        .header("X-EcoLink-Account", Long.toString(tenant.account()));
  }

  private HttpResponse<String> patch(String path, String body) {
    return call("PATCH", path, body);
  }

  private HttpResponse<String> call(String method, String path, String body) {
    HttpRequest.Builder request = managing(path);
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return gateway.send(request.method(method, HttpRequest.BodyPublishers.ofString(body)).build());
  }
}
