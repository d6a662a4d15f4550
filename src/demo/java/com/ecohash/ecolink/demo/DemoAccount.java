package com.ecohash.ecolink.demo;

import java.io.IOException;
import java.net.URI;

/** An account with money, two regions, prices, one instance and one key. */
final class DemoAccount {
  /** What the visitor needs. */
  record Created(String email, String password, String key, String model) {}

  private static final String EMAIL = "demo@example.com";
  private static final String PASSWORD = "demo-password";

  private final ManagementClient management;

  DemoAccount(ManagementClient management) {
    this.management = management;
  }

  Created create(URI west, URI central) throws IOException, InterruptedException {
    long account =
        management
            .post(
                "/api/admin/accounts",
                """
                {"name": "Demo", "owner_email": "%s", "owner_password": "%s"}
                """
                    .formatted(EMAIL, PASSWORD))
            .path("id")
            .asLong();
    management.post(
        "/api/admin/accounts/" + account + "/credits",
        """
        {"amount": "10.00", "description": "for trying it out"}
        """);
    region("us-west", "US West");
    region("eu-central", "EU Central");
    price("input_tokens", "0.50");
    price("output_tokens", "1.50");
    long instance =
        management
            .post(
                "/api/instances",
                account,
                """
                {"name": "sample-llama", "category": "chat", "regions": [
                  {"region": "us-west", "endpoint": "%s"},
                  {"region": "eu-central", "endpoint": "%s"}]}
                """
                    .formatted(west, central))
            .path("id")
            .asLong();
    String key = management.post("/api/keys", account, "{\"name\": \"demo\"}").path("key").asText();
    return new Created(EMAIL, PASSWORD, key, "sample-llama:" + instance);
  }

  private void region(String id, String name) throws IOException, InterruptedException {
    management.post(
        "/api/admin/regions",
        """
        {"id": "%s", "name": "%s", "runtime": "external"}
        """
            .formatted(id, name));
  }

  private void price(String unit, String amount) throws IOException, InterruptedException {
    management.post(
        "/api/admin/prices",
        """
        {"category": "chat", "unit": "%s", "amount": "%s"}
        """
            .formatted(unit, amount));
  }
}
