package com.ecohash.ecolink.browser;

import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.RunningGateway;
import com.ecohash.ecolink.demo.ManagementClient;
import com.ecohash.ecolink.instances.Category;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.EnumMap;
import java.util.Map;

/**
 * An account with an owner who signs in, money, two regions and a price for everything, as an
 * operator sets it up. What is called, launched and made in it, people do in the browser.
 */
final class Company {
  static final String PASSWORD = "correct horse battery staple";
  static final String WEST = "us-west";
  static final String CENTRAL = "eu-central";
  private static final Map<Category, Map<String, String>> PRICES =
      Map.of(
          Category.CHAT,
              Map.of(
                  "input_tokens", "2.00", "cached_input_tokens", "1.00", "output_tokens", "4.00"),
          Category.EMBEDDING, Map.of("input_tokens", "2.00"),
          Category.IMAGE, Map.of("images", "0.04"),
          Category.AUDIO_SPEECH, Map.of("seconds", "0.05"),
          Category.AUDIO_TRANSCRIPTION, Map.of("seconds", "0.05"),
          Category.VIDEO, Map.of("seconds", "0.05"));

  private final ManagementClient management;
  private final long account;
  private final String email;

  private Company(ManagementClient management, long account, String email) {
    this.management = management;
    this.account = account;
    this.email = email;
  }

  /** The first on a gateway: regions and prices are there once. */
  static Company first(RunningGateway gateway, String name) {
    ManagementClient management = new ManagementClient(gateway.base(), gateway.operatorKey());
    post(management, "/api/admin/regions", "{\"id\":\"%s\",\"name\":\"US West\"}".formatted(WEST));
    post(
        management,
        "/api/admin/regions",
        "{\"id\":\"%s\",\"name\":\"EU Central\"}".formatted(CENTRAL));
    PRICES.forEach(
        (category, prices) ->
            prices.forEach(
                (unit, amount) ->
                    post(
                        management,
                        "/api/admin/prices",
                        "{\"category\":\"%s\",\"unit\":\"%s\",\"amount\":\"%s\"}"
                            .formatted(category.wireName(), unit, amount))));
    post(
        management,
        "/api/admin/prices",
        "{\"gpu_type\":\"h100\",\"unit\":\"gpu_hours\",\"amount\":\"3.60\"}");
    return next(gateway, name);
  }

  static Company next(RunningGateway gateway, String name) {
    return called(gateway, name, name);
  }

  /** One whose name is no part of an address. */
  static Company called(RunningGateway gateway, String name, String owner) {
    ManagementClient management = new ManagementClient(gateway.base(), gateway.operatorKey());
    String email = owner + "@example.com";
    long account =
        post(
            management,
            "/api/admin/accounts",
            "{\"name\":\"%s\",\"owner_email\":\"%s\",\"owner_password\":\"%s\"}"
                .formatted(name, email, PASSWORD));
    return new Company(management, account, email);
  }

  Company with(String credit) {
    return with(credit, "First top-up");
  }

  Company with(String credit, String description) {
    post(
        management,
        "/api/admin/accounts/" + account + "/credits",
        "{\"amount\":\"%s\",\"description\":\"%s\"}".formatted(credit, description));
    return this;
  }

  /** Another region, which only what is launched from then on can be in. */
  static void region(RunningGateway gateway, String id, String name) {
    post(
        new ManagementClient(gateway.base(), gateway.operatorKey()),
        "/api/admin/regions",
        "{\"id\":\"%s\",\"name\":\"%s\"}".formatted(id, name));
  }

  /** Launches an instance of a category in both regions; returns its model. */
  String launch(String name, Category category, URI west, URI central) {
    return created(
            "/api/instances",
            "{\"name\":\"%s\",\"category\":\"%s\",\"regions\":[{\"region\":\"%s\",\"endpoint\":\"%s\"},{\"region\":\"%s\",\"endpoint\":\"%s\"}]}"
                .formatted(name, category.wireName(), WEST, west, CENTRAL, central))
        .path("model")
        .asText();
  }

  /** Launches an instance of each category in both regions; returns their models. */
  Map<Category, String> launchAll(URI endpoint) {
    Map<Category, String> models = new EnumMap<>(Category.class);
    for (Category category : Category.values()) {
      String name = "my-" + category.wireName().replace('_', '-');
      models.put(category, launch(name, category, endpoint, endpoint));
    }
    return models;
  }

  /** Launches one in mode {@code custom} in a region; returns its id. */
  long launchCustom(String name, String region, URI endpoint, String path) {
    return created(
            "/api/instances",
            "{\"name\":\"%s\",\"openai_compatible\":false,\"custom_api_path\":\"%s\",\"gpu_type\":\"h100\",\"regions\":[{\"region\":\"%s\",\"endpoint\":\"%s\"}]}"
                .formatted(name, path, region, endpoint))
        .path("id")
        .asLong();
  }

  /**
   * So many chats of somebody's program, with a key of its own; returns the last one's id, which
   * has its receipt.
   */
  String use(RunningGateway gateway, String model, int times) {
    String key = created("/api/keys", "{\"name\":\"program\"}").path("key").asText();
    HttpRequest question =
        HttpRequest.newBuilder(gateway.resolve("/v1/chat/completions"))
            .header("Authorization", "Bearer " + key)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"model\":\"%s\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"
                        .formatted(model)))
            .build();
    await().until(() -> gateway.send(question).statusCode() == 200); // it may be starting yet
    for (int i = 2; i < times; i++) {
      gateway.send(question);
    }
    String last = gateway.send(question).headers().firstValue("x-ecolink-request-id").orElseThrow();
    HttpRequest receipt =
        HttpRequest.newBuilder(gateway.resolve("/v1/usage/" + last))
            .header("Authorization", "Bearer " + key)
            .build();
    await().until(() -> gateway.send(receipt).statusCode() == 200);
    return last;
  }

  private JsonNode created(String path, String body) {
    try {
      return management.post(path, account, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static long post(ManagementClient management, String path, String body) {
    try {
      return management.post(path, body).path("id").asLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String email() {
    return email;
  }
}
