package com.ecohash.ecolink.container;

import com.ecohash.ecolink.demo.ManagementClient;
import com.ecohash.ecolink.testing.ApiDocument;
import com.ecohash.ecolink.testing.FakeContainer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** An account of its own on a running gateway, with money, prices and a key, as a test needs it. */
public final class Tenant {
  /** $2 a million input tokens, $4 a million output tokens. */
  public static final String INPUT_PRICE = "2.00";

  public static final String OUTPUT_PRICE = "4.00";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final RunningGateway gateway;
  private final ManagementClient management;
  private final long account;
  private final String key;

  private Tenant(RunningGateway gateway, ManagementClient management, long account, String key) {
    this.gateway = gateway;
    this.management = management;
    this.account = account;
    this.key = key;
  }

  public static Tenant on(RunningGateway gateway) {
    Tenant tenant = withoutMoney(gateway);
    post(
        tenant.management,
        "/api/admin/accounts/" + tenant.account + "/credits",
        "{\"amount\":\"100.00\",\"description\":\"test\"}");
    return tenant;
  }

  /** The same account and key at another gateway with the same database. */
  public Tenant at(RunningGateway other) {
    return new Tenant(other, new ManagementClient(other.base(), other.operatorKey()), account, key);
  }

  public static Tenant withoutMoney(RunningGateway gateway) {
    ManagementClient management = new ManagementClient(gateway.base(), gateway.operatorKey());
    String name = uniqueName("account");
    long account =
        post(
                management,
                "/api/admin/accounts",
                "{\"name\":\"%s\",\"owner_email\":\"%s@example.com\",\"owner_password\":\"a long password\"}"
                    .formatted(name, name))
            .path("id")
            .asLong();
    Tenant keyless = new Tenant(gateway, management, account, "");
    return new Tenant(gateway, management, account, keyless.newKey().path("key").asText());
  }

  private static String uniqueName(String what) {
    return what + "-" + Long.toString(System.nanoTime(), 36) + "-" + NAMES.incrementAndGet();
  }

  /** A priced chat instance with a region for each of these containers; returns its model. */
  public String launch(FakeContainer... containers) {
    return launch(
        "chat", Map.of("input_tokens", INPUT_PRICE, "output_tokens", OUTPUT_PRICE), containers);
  }

  /** An instance of this category with a price by unit; returns its model. */
  public String launch(String category, Map<String, String> prices, FakeContainer... containers) {
    return launch(category, prices, uris(containers));
  }

  /** An instance of this category with a price by unit; returns its model. */
  public String launch(String category, Map<String, String> prices, URI... endpoints) {
    long id = launchUnpriced(category, endpoints);
    String model = "my-llama:" + id;
    prices.forEach(
        (unit, amount) ->
            price(model, ",\"unit\":\"%s\",\"amount\":\"%s\"".formatted(unit, amount)));
    return model;
  }

  /** Sets a price of this instance. */
  public void price(String model, String members) {
    String id = model.substring(model.indexOf(':') + 1);
    post(management, "/api/admin/prices", "{\"instance_id\":" + id + members + "}");
  }

  public long launchUnpriced(FakeContainer... containers) {
    return launchUnpriced("chat", uris(containers));
  }

  private long launchUnpriced(String category, URI... endpoints) {
    return launch("\"name\":\"my-llama\",\"category\":\"" + category + "\"", endpoints);
  }

  /** A priced chat instance that every account may call by this name. */
  public void launchPlatform(String name, FakeContainer... containers) {
    launchPlatform(
        name,
        "chat",
        Map.of("input_tokens", INPUT_PRICE, "output_tokens", OUTPUT_PRICE),
        containers);
  }

  /** An instance of this category with a price by unit that every account may call by this name. */
  public void launchPlatform(
      String name, String category, Map<String, String> prices, FakeContainer... containers) {
    launch(
        "\"name\":\"%s\",\"category\":\"%s\",\"platform\":true".formatted(name, category),
        uris(containers));
    prices.forEach(
        (unit, amount) ->
            post(
                management,
                "/api/admin/prices",
                "{\"model\":\"%s\",\"unit\":\"%s\",\"amount\":\"%s\"}"
                    .formatted(name, unit, amount)));
  }

  private static URI[] uris(FakeContainer... containers) {
    return Stream.of(containers).map(FakeContainer::uri).toArray(URI[]::new);
  }

  /**
   * An instance in mode custom, with a region for each of these endpoints; returns its id.
   *
   * @param protocol {@code http/1.1} or {@code h2c}
   */
  public long launchCustom(String customApiPath, String protocol, URI... endpoints) {
    return launch(
        "\"name\":\"my-own\",\"openai_compatible\":false,\"custom_api_path\":\"%s\",\"protocol\":\"%s\""
            .formatted(customApiPath, protocol),
        endpoints);
  }

  /** Launches what these members of the request describe. */
  private long launch(String members, URI... endpoints) {
    StringBuilder regions = new StringBuilder();
    for (URI endpoint : endpoints) {
      String region = uniqueName("region");
      post(
          management,
          "/api/admin/regions",
          "{\"id\":\"%s\",\"name\":\"%s\",\"runtime\":\"external\"}".formatted(region, region));
      regions
          .append(regions.isEmpty() ? "" : ",")
          .append("{\"region\":\"%s\",\"endpoint\":\"%s\"}".formatted(region, endpoint));
    }
    return post("/api/instances", "{" + members + ",\"regions\":[" + regions + "]}")
        .path("id")
        .asLong();
  }

  /** A management call on behalf of the account. */
  public JsonNode post(String path, String body) {
    try {
      return asDescribed("POST", path, 201, management.post(path, account, body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static JsonNode post(ManagementClient management, String path, String body) {
    try {
      return asDescribed("POST", path, 201, management.post(path, body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** A management call on behalf of the account. */
  public void delete(String path) {
    managed(managing(path).DELETE());
  }

  /** A management call on behalf of the account. */
  public JsonNode manage(String path) {
    return asDescribed("GET", path, 200, json(managed(managing(path).GET())));
  }

  /** Every answer of the management API is held against the document of the API. */
  private static JsonNode asDescribed(String method, String path, int status, JsonNode answer) {
    int expected = path.endsWith("/check") ? 200 : status;
    ApiDocument.built().check(method, path, expected, answer);
    return answer;
  }

  private HttpRequest.Builder managing(String path) {
    return HttpRequest.newBuilder(gateway.resolve(path))
        .header("Authorization", "Bearer " + gateway.operatorKey())
        .header("X-EcoLink-Account", Long.toString(account));
  }

  private String managed(HttpRequest.Builder request) {
    HttpResponse<String> answer = gateway.send(request.build());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  /** Another key: its {@code id} and {@code key}. */
  public JsonNode newKey() {
    return post("/api/keys", "{\"name\":\"test\",\"rate_limit\":1000000}");
  }

  public String key() {
    return key;
  }

  public long account() {
    return account;
  }

  public static String question(String model, boolean stream) {
    return "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"
        .formatted(model, stream);
  }

  public HttpResponse<String> ask(String model) {
    return chat(question(model, false));
  }

  public HttpResponse<String> chat(String body) {
    return gateway.send(chatRequest(body).build());
  }

  /** Posts JSON to a path of the data plane. */
  public HttpResponse<byte[]> call(String path, String body) {
    return sent(authorized(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  /** Posts a body of this type to a path of the data plane. */
  public HttpResponse<byte[]> call(String path, String contentType, byte[] body) {
    return sent(
        authorized(path)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  public HttpResponse<byte[]> get(String path) {
    return sent(authorized(path).GET().build());
  }

  private static HttpResponse<byte[]> sent(HttpRequest request) {
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** The answer's body as it comes. */
  public HttpResponse<InputStream> stream(String model) {
    try {
      return CLIENT.send(
          chatRequest(question(model, true)).build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  public HttpRequest.Builder chatRequest(String body) {
    return authorized("/v1/chat/completions").POST(HttpRequest.BodyPublishers.ofString(body));
  }

  public HttpRequest.Builder authorized(String path) {
    return HttpRequest.newBuilder(URI.create(gateway.base() + path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + key);
  }

  /** The receipt of the exchange that gave this answer. */
  public JsonNode receiptOf(HttpResponse<?> answer) {
    return receipt(answer.headers().firstValue("x-ecolink-request-id").orElseThrow());
  }

  public JsonNode receipt(String requestId) {
    HttpResponse<String> receipt = gateway.send(authorized("/v1/usage/" + requestId).GET().build());
    if (receipt.statusCode() != 200) {
      throw new IllegalStateException(receipt.statusCode() + ": " + receipt.body());
    }
    return json(receipt.body());
  }

  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(e);
  }
}
