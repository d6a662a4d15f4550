package com.ecohash.ecolink.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The people of an account: who may do what, how they come in, and what is written down of it. */
@ArquillianTest
class PeopleIT {
  private static final String PASSWORD = "correct horse battery";

  @ArquillianResource private URL address;

  private final String ownerEmail = "owner-" + UUID.randomUUID() + "@example.com";
  private long account;
  private Browser owner;

  @Deployment(testable = false)
  static WebArchive archive() {
    return RunningGateway.archive();
  }

  private RunningGateway gateway() {
    return RunningGateway.at(address);
  }

  @BeforeEach
  void signInAsOwner() {
    account = Browser.account(gateway(), ownerEmail, PASSWORD).path("id").asLong();
    owner = new Browser(gateway());
    assertThat(owner.signIn(ownerEmail, PASSWORD).statusCode()).isEqualTo(200);
  }

  private String invite(String email, String role) {
    HttpResponse<String> answer =
        owner.post("/api/users", "{\"email\":\"%s\",\"role\":\"%s\"}".formatted(email, role));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    JsonNode invitation = Tenant.json(answer.body()).path("invitation");
    assertThat(invitation.path("expires_at").asText()).endsWith("Z");
    String url = invitation.path("url").asText();
    assertThat(url).startsWith(gateway().base() + "/app/join#");
    return url.substring(url.indexOf('#') + 1);
  }

  private Browser joined(String email, String role) {
    Browser browser = new Browser(gateway());
    HttpResponse<String> answer = join(browser, invite(email, role), PASSWORD);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return browser;
  }

  private static HttpResponse<String> join(Browser browser, String token, String password) {
    return browser.post(
        "/api/join", "{\"token\":\"%s\",\"password\":\"%s\"}".formatted(token, password));
  }

  private HttpResponse<String> shown(String token) {
    return new Browser(gateway()).post("/api/join/invitation", "{\"token\":\"" + token + "\"}");
  }

  private static String anybody() {
    return "somebody-" + UUID.randomUUID() + "@example.com";
  }

  private static JsonNode data(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Tenant.json(answer.body()).path("data");
  }

  private static String code(HttpResponse<String> answer) {
    return Tenant.json(answer.body()).path("error").path("code").asText();
  }

  private long idOf(String email) {
    for (JsonNode user : data(owner.get("/api/users"))) {
      if (user.path("email").asText().equals(email)) {
        return user.path("id").asLong();
      }
    }
    throw new IllegalStateException("no user " + email);
  }

  @Test
  void takesInWhoWasInvited() {
    String email = anybody();
    String token = invite(email, "member");
    JsonNode shown = Tenant.json(shown(token).body());
    assertThat(shown.path("email").asText()).isEqualTo(email);
    assertThat(shown.path("account_name").asText()).isEqualTo("Acme");
    assertThat(data(owner.get("/api/invitations"))).hasSize(1);
    assertThat(owner.get("/api/invitations").body()).doesNotContain(token);

    Browser member = new Browser(gateway());
    assertThat(join(member, token, "short").statusCode()).isEqualTo(400);
    HttpResponse<String> answer = join(member, token, PASSWORD);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Tenant.json(answer.body()).path("user").path("role").asText()).isEqualTo("member");
    assertThat(member.get("/api/session").statusCode()).isEqualTo(200);
    assertThat(data(owner.get("/api/invitations"))).isEmpty();
    assertThat(join(new Browser(gateway()), token, PASSWORD).statusCode()).isEqualTo(404);
    assertThat(data(member.get("/api/users"))).hasSize(2);
    assertThat(new Browser(gateway()).signIn(email, PASSWORD).statusCode()).isEqualTo(200);
  }

  @Test
  void forgetsARevokedInvitation() {
    String token = invite(anybody(), "owner");
    long id = data(owner.get("/api/invitations")).get(0).path("id").asLong();
    assertThat(owner.delete("/api/invitations/" + id).statusCode()).isEqualTo(204);
    assertThat(owner.delete("/api/invitations/" + id).statusCode()).isEqualTo(404);
    assertThat(join(new Browser(gateway()), token, PASSWORD).statusCode()).isEqualTo(404);
    for (String wrong : new String[] {token, "x", "A".repeat(43), "a%20b", "1"}) {
      assertThat(shown(wrong).statusCode()).as(wrong).isEqualTo(404);
    }
    assertThat(shown("").statusCode()).isEqualTo(400);
  }

  @Test
  void keepsMembersFromWhatOwnersDo() {
    Browser member = joined(anybody(), "member");
    long ownersId = idOf(ownerEmail);
    List<HttpResponse<String>> refused = new ArrayList<>();
    refused.add(member.post("/api/keys", "{\"name\":\"mine\"}"));
    refused.add(member.delete("/api/keys/1"));
    refused.add(member.post("/api/users", "{\"email\":\"" + anybody() + "\"}"));
    refused.add(member.call("PATCH", "/api/users/" + ownersId, "{\"role\":\"member\"}"));
    refused.add(member.delete("/api/users/" + ownersId));
    refused.add(member.get("/api/invitations"));
    refused.add(member.delete("/api/invitations/1"));
    refused.add(member.get("/api/audit"));
    refused.add(member.post("/api/admin/regions", "{\"id\":\"mine\"}"));
    for (HttpResponse<String> answer : refused) {
      assertThat(answer.statusCode()).as(answer.uri().toString()).isEqualTo(403);
      assertThat(code(answer)).isEqualTo("forbidden");
      assertThat(Tenant.json(answer.body()).path("error").path("message").asText()).endsWith(".");
    }
    for (String path : new String[] {"/api/keys", "/api/instances", "/api/billing", "/api/users"}) {
      assertThat(member.get(path).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(member.post("/api/session/playground-key", "").statusCode()).isEqualTo(201);
    // A member's launch fails for its own reasons only.
    assertThat(member.post("/api/instances", "{}").statusCode()).isEqualTo(400);
  }

  @Test
  void keepsKeysFromPeople() {
    String key =
        Tenant.json(owner.post("/api/keys", "{\"name\":\"ci\",\"scopes\":[\"manage\"]}").body())
            .path("key")
            .asText();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway().resolve("/api/users"))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json");
    assertThat(gateway().send(request.copy().GET().build()).statusCode()).isEqualTo(200);
    HttpResponse<String> invited =
        gateway()
            .send(
                request
                    .POST(HttpRequest.BodyPublishers.ofString("{\"email\":\"" + anybody() + "\"}"))
                    .build());
    assertThat(invited.statusCode()).isEqualTo(403);
  }

  @Test
  void changesRolesButKeepsTheLastOwner() {
    String email = anybody();
    Browser member = joined(email, "member");
    String ownersPath = "/api/users/" + idOf(ownerEmail);
    assertThat(owner.call("PATCH", ownersPath, "{\"role\":\"member\"}").statusCode())
        .isEqualTo(409);
    assertThat(owner.delete(ownersPath).statusCode()).isEqualTo(409);
    String membersPath = "/api/users/" + idOf(email);
    assertThat(owner.call("PATCH", membersPath, "{\"role\":\"boss\"}").statusCode()).isEqualTo(400);
    assertThat(owner.call("PATCH", membersPath, "{\"role\":\"owner\"}").statusCode())
        .isEqualTo(200);
    assertThat(member.get("/api/audit").statusCode()).isEqualTo(200);
    assertThat(member.delete(ownersPath).statusCode()).isEqualTo(204);
    assertThat(owner.get("/api/session").statusCode()).isEqualTo(401);
    assertThat(new Browser(gateway()).signIn(ownerEmail, PASSWORD).statusCode()).isEqualTo(401);
  }

  @Test
  void showsNothingOfAnotherAccount() {
    String stranger = anybody();
    Browser.account(gateway(), stranger, PASSWORD);
    Browser other = new Browser(gateway());
    assertThat(other.signIn(stranger, PASSWORD).statusCode()).isEqualTo(200);
    long ownersId = idOf(ownerEmail);
    invite(anybody(), "member");
    long invitation = data(owner.get("/api/invitations")).get(0).path("id").asLong();
    assertThat(other.call("PATCH", "/api/users/" + ownersId, "{\"role\":\"member\"}").statusCode())
        .isEqualTo(404);
    assertThat(other.delete("/api/users/" + ownersId).statusCode()).isEqualTo(404);
    assertThat(other.delete("/api/invitations/" + invitation).statusCode()).isEqualTo(404);
    assertThat(other.get("/api/users").body()).doesNotContain(ownerEmail);
    assertThat(other.get("/api/audit").body()).doesNotContain(ownerEmail);
    HttpResponse<String> acting =
        gateway()
            .send(
                HttpRequest.newBuilder(gateway().resolve("/api/users"))
                    .header("Cookie", "ecolink_session=" + other.cookies().get("ecolink_session"))
                    .header("X-EcoLink-Account", Long.toString(account))
                    .build());
    assertThat(acting.statusCode()).isEqualTo(403);
  }

  @Test
  void changesAPasswordAndSignsOutEverywhereElse() {
    Browser elsewhere = new Browser(gateway());
    elsewhere.signIn(ownerEmail, PASSWORD);
    String before = owner.cookies().get("ecolink_session");
    String change = "{\"old_password\":\"%s\",\"new_password\":\"%s\"}";
    HttpResponse<String> wrong =
        owner.call("PUT", "/api/session/password", change.formatted("wrong horse", "new horse 1"));
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(Tenant.json(wrong.body()).path("error").path("param").asText())
        .isEqualTo("old_password");
    assertThat(
            owner
                .call("PUT", "/api/session/password", change.formatted(PASSWORD, "short"))
                .statusCode())
        .isEqualTo(400);
    HttpResponse<String> changed =
        owner.call("PUT", "/api/session/password", change.formatted(PASSWORD, "new horse 1"));
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(owner.cookies().get("ecolink_session")).isNotEqualTo(before);
    assertThat(owner.get("/api/session").statusCode()).isEqualTo(200);
    assertThat(owner.post("/api/session/playground-key", "").statusCode()).isEqualTo(201);
    assertThat(elsewhere.get("/api/session").statusCode()).isEqualTo(401);
    assertThat(new Browser(gateway()).signIn(ownerEmail, PASSWORD).statusCode()).isEqualTo(401);
    assertThat(new Browser(gateway()).signIn(ownerEmail, "new horse 1").statusCode())
        .isEqualTo(200);
  }

  @Test
  void writesDownWhoDidWhat() {
    String email = anybody();
    joined(email, "member");
    JsonNode key =
        Tenant.json(owner.post("/api/keys", "{\"name\":\"<script>alert(1)</script>\"}").body());
    owner.delete("/api/keys/" + key.path("id").asLong());
    new Browser(gateway()).signIn(ownerEmail, "wrong horse");
    credit("12.50");
    HttpResponse<String> answer = owner.get("/api/audit?limit=100");
    List<String> seen = new ArrayList<>();
    data(answer)
        .forEach(
            entry -> seen.add(entry.path("actor").asText() + " " + entry.path("action").asText()));
    assertThat(seen)
        .containsExactly(
            "operator credit_posted",
            ownerEmail + " sign_in_failed",
            ownerEmail + " key_revoked",
            ownerEmail + " key_issued",
            email + " signed_in",
            email + " invitation_accepted",
            ownerEmail + " user_invited",
            ownerEmail + " signed_in",
            "operator account_created");
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(data(answer).get(3).path("detail").asText())
        .isEqualTo("<script>alert(1)</script>, inference");
    assertThat(answer.body()).doesNotContain(key.path("key").asText()).doesNotContain(PASSWORD);

    JsonNode first = Tenant.json(owner.get("/api/audit?limit=4").body());
    assertThat(first.path("data")).hasSize(4);
    JsonNode second =
        Tenant.json(
            owner.get("/api/audit?limit=4&cursor=" + first.path("next_cursor").asText()).body());
    assertThat(second.path("data").get(0)).isEqualTo(data(answer).get(4));
  }

  private void credit(String amount) {
    HttpResponse<String> posted =
        gateway()
            .send(
                HttpRequest.newBuilder(
                        gateway().resolve("/api/admin/accounts/" + account + "/credits"))
                    .header("Authorization", "Bearer " + gateway().operatorKey())
                    .header("Content-Type", "application/json")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "{\"amount\":\"%s\",\"description\":\"test\"}".formatted(amount)))
                    .build());
    assertThat(posted.statusCode()).isEqualTo(201);
  }

  @Test
  void refusesAbsurdInvitations() {
    for (String body :
        new String[] {
          "{}",
          "{\"email\":\"nobody\"}",
          "{\"email\":\"a@example.com\",\"role\":\"operator\"}",
          "{\"email\":\"" + "a".repeat(260) + "@example.com\"}",
          "{\"email\":\"a\\nb@example.com\"}"
        }) {
      assertThat(owner.post("/api/users", body).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(owner.post("/api/users", "{\"email\":\"" + ownerEmail + "\"}").statusCode())
        .isEqualTo(409);
    assertThat(
            owner
                .call("POST", "/api/users", "{\"email\":\"" + anybody() + "\"}", Optional.empty())
                .statusCode())
        .isEqualTo(403);
  }
}
