package com.ecohash.ecolink.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Markup and formulas in what people may write: the API gives them back as they came, in answers
 * that no browser takes for a page and no spreadsheet for a formula.
 */
@ArquillianTest
class ScriptInTextIT {
  private static final String PASSWORD = "correct horse battery";
  private static final String SCRIPT = "<script>alert('1')</script>";
  private static final String FORMULA = "=HYPERLINK(\\\"http://evil.example.com\\\")" + SCRIPT;

  @ArquillianResource private URL address;

  private final String mark = UUID.randomUUID().toString();
  private final String email = "<script>" + mark + "</script>@example.com";
  private RunningGateway gateway;
  private Browser owner;
  private long account;

  @Deployment(testable = false)
  static WebArchive archive() {
    return RunningGateway.archive();
  }

  @BeforeEach
  void begin() {
    gateway = RunningGateway.at(address);
    account =
        operator(
                "/api/admin/accounts",
                "{\"name\":\"%s\",\"owner_email\":\"%s\",\"owner_password\":\"%s\"}"
                    .formatted(SCRIPT, email, PASSWORD))
            .path("id")
            .asLong();
    owner = new Browser(gateway);
    assertThat(owner.signIn(email, PASSWORD).statusCode()).isEqualTo(200);
  }

  private JsonNode operator(String path, String body) {
    HttpResponse<String> answer =
        gateway.send(
            HttpRequest.newBuilder(gateway.resolve(path))
                .header("Authorization", "Bearer " + gateway.operatorKey())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return harmless(answer);
  }

  private JsonNode read(String path) {
    return harmless(owner.get(path));
  }

  private static JsonNode harmless(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    return Tenant.json(answer.body());
  }

  private static JsonNode only(JsonNode page, String member, String value) {
    for (JsonNode row : page.path("data")) {
      if (row.path(member).asText().equals(value)) {
        return row;
      }
    }
    throw new AssertionError("no " + member + " " + value + " in " + page);
  }

  @Test
  void staysTextInJson() {
    assertThat(read("/api/session").at("/account/name").asText()).isEqualTo(SCRIPT);
    assertThat(read("/api/session").at("/user/email").asText()).isEqualTo(email);
    only(read("/api/users"), "email", email);

    String region = "region-" + mark;
    operator("/api/admin/regions", "{\"id\":\"%s\",\"name\":\"%s\"}".formatted(region, SCRIPT));
    assertThat(only(read("/api/regions"), "id", region).path("name").asText()).isEqualTo(SCRIPT);

    owner.post("/api/keys", "{\"name\":\"%s\",\"source_tag\":\"%s\"}".formatted(mark, SCRIPT));
    assertThat(only(read("/api/keys"), "name", mark).path("source_tag").asText()).isEqualTo(SCRIPT);
    JsonNode entry = only(read("/api/audit"), "action", "key_issued");
    assertThat(entry.path("actor").asText()).isEqualTo(email);

    owner.post("/api/keys", "{\"name\":\"" + SCRIPT + "\"}");
    assertThat(read("/api/audit").at("/data/0/detail").asText()).startsWith(SCRIPT);
  }

  @Test
  void staysTextInASpreadsheet() {
    operator(
        "/api/admin/accounts/" + account + "/credits",
        "{\"amount\":\"1.00\",\"description\":\"%s\"}".formatted(FORMULA));
    assertThat(read("/api/billing/transactions").at("/data/0/description").asText())
        .isEqualTo(FORMULA.replace("\\", ""));
    HttpResponse<String> csv = owner.get("/api/billing/transactions.csv");
    assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    assertThat(csv.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(csv.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment");
    assertThat(csv.body())
        .contains(",\"'=HYPERLINK(\"\"http://evil.example.com\"\")" + SCRIPT + "\"");
  }
}
