package com.ecohash.ecolink.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Signing in and out of the management API, as a browser does it. */
@ArquillianTest
class SessionIT {
  private static final String PASSWORD = "correct horse battery";

  @ArquillianResource private URL address;

  private final String email = "owner-" + UUID.randomUUID() + "@example.com";

  @Deployment(testable = false)
  static WebArchive archive() {
    return RunningGateway.archive();
  }

  private RunningGateway gateway() {
    return RunningGateway.at(address);
  }

  private Browser signedIn() {
    Browser.account(gateway(), email, PASSWORD);
    return signedInAgain();
  }

  private Browser signedInAgain() {
    Browser browser = new Browser(gateway());
    assertThat(browser.signIn(email, PASSWORD).statusCode()).isEqualTo(200);
    return browser;
  }

  private static String code(HttpResponse<String> answer) {
    return Tenant.json(answer.body()).path("error").path("code").asText();
  }

  @Test
  void signsInAndTellsWhoIsSignedIn() {
    JsonNode account = Browser.account(gateway(), email, PASSWORD);
    Browser browser = new Browser(gateway());
    HttpResponse<String> answer = browser.signIn(email.toUpperCase(), PASSWORD);
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode body = Tenant.json(answer.body());
    assertThat(body.path("user").path("email").asText()).isEqualTo(email);
    assertThat(body.path("user").path("role").asText()).isEqualTo("owner");
    assertThat(body.path("account").path("id").asLong()).isEqualTo(account.path("id").asLong());
    assertThat(body.path("account").path("name").asText()).isEqualTo("Acme");
    assertThat(body.path("expires_at").asText()).endsWith("Z");
    HttpResponse<String> again = browser.get("/api/session");
    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    assertThat(Tenant.json(again.body())).isEqualTo(body);
  }

  @Test
  void keepsTheCookieFromScriptsAndOtherSites() {
    Browser.account(gateway(), email, PASSWORD);
    HttpResponse<String> answer = new Browser(gateway()).signIn(email, PASSWORD);
    assertThat(Browser.setCookies(answer))
        .filteredOn(cookie -> cookie.startsWith("ecolink_session="))
        .singleElement()
        .asString()
        .contains("; Path=/;", "; HttpOnly", "; SameSite=Lax", "; Max-Age=")
        .doesNotContain("Secure"); // it is not HTTPS here, and nobody trusted says that it is
    assertThat(answer.body())
        .doesNotContain(
            Browser.setCookies(answer)
                .get(0)
                .split(";", 2)[0]
                .substring("ecolink_session=".length()));
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
  }

  @Test
  void believesNobodyWhoSaysThatItIsHttps() {
    Browser.account(gateway(), email, PASSWORD);
    HttpResponse<String> answer =
        gateway()
            .send(
                HttpRequest.newBuilder(gateway().resolve("/api/session"))
                    .header("Content-Type", "application/json")
                    .header("X-Forwarded-Proto", "https")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, PASSWORD)))
                    .build());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Browser.setCookies(answer)).noneMatch(cookie -> cookie.contains("Secure"));
  }

  @Test
  void saysTheSameOfAWrongPasswordAndOfAnUnknownAddress() {
    Browser.account(gateway(), email, PASSWORD);
    HttpResponse<String> wrong = new Browser(gateway()).signIn(email, "wrong password");
    HttpResponse<String> unknown =
        new Browser(gateway()).signIn("nobody-" + email, "wrong password");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(unknown.body()).isEqualTo(wrong.body());
    assertThat(Browser.setCookies(wrong)).isEmpty();
  }

  @Test
  void refusesAChangeWithoutTheCsrfToken() {
    Browser browser = signedIn();
    String key = "{\"name\":\"from elsewhere\"}";
    for (Optional<String> csrf :
        java.util.List.of(Optional.<String>empty(), Optional.of("wrong"), Optional.of("é"))) {
      HttpResponse<String> refused = browser.call("POST", "/api/keys", key, csrf);
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(code(refused)).isEqualTo("forbidden");
    }
    assertThat(browser.call("DELETE", "/api/session", "", Optional.empty()).statusCode())
        .isEqualTo(403);
    assertThat(browser.get("/api/session").statusCode()).isEqualTo(200);
    assertThat(browser.post("/api/keys", key).statusCode()).isEqualTo(201);
  }

  @Test
  void signsOut() {
    Browser browser = signedIn();
    Browser stolen = new Browser(gateway());
    stolen.cookies().putAll(browser.cookies());
    HttpResponse<String> answer = browser.delete("/api/session");
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(Browser.setCookies(answer)).singleElement().asString().contains("Max-Age=0");
    assertThat(browser.get("/api/session").statusCode()).isEqualTo(401);
    assertThat(stolen.get("/api/session").statusCode()).isEqualTo(401);
  }

  @Test
  void signsOutEverywhere() {
    Browser one = signedIn();
    Browser other = signedInAgain();
    HttpResponse<String> signedOut = one.delete("/api/session");
    assertThat(signedOut.statusCode()).as(signedOut.body()).isEqualTo(204);
    HttpResponse<String> stillThere = other.get("/api/session");
    assertThat(stillThere.statusCode()).as(stillThere.body()).isEqualTo(200);
    Browser third = signedInAgain();
    assertThat(third.delete("/api/session?everywhere=true").statusCode()).isEqualTo(204);
    assertThat(other.get("/api/session").statusCode()).isEqualTo(401);
    assertThat(third.get("/api/session").statusCode()).isEqualTo(401);
  }

  @Test
  void keepsNoSessionThatIsOfferedAtTheSignIn() {
    String planted = "A".repeat(43);
    Browser victim = new Browser(gateway());
    Browser.account(gateway(), email, PASSWORD);
    victim.cookies().put("ecolink_session", planted);
    assertThat(victim.signIn(email, PASSWORD).statusCode()).isEqualTo(200);
    assertThat(victim.cookies().get("ecolink_session")).isNotEqualTo(planted);
    assertThat(victim.get("/api/session").statusCode()).isEqualTo(200);
    assertThat(holding(planted).get("/api/session").statusCode()).isEqualTo(401);

    String attackersEmail = "attacker-" + email;
    Browser.account(gateway(), attackersEmail, PASSWORD);
    Browser attacker = new Browser(gateway());
    attacker.signIn(attackersEmail, PASSWORD);
    String attackers = attacker.cookies().getOrDefault("ecolink_session", "");
    Browser other = holding(attackers);
    assertThat(other.signIn(email, PASSWORD).statusCode()).isEqualTo(200);
    assertThat(other.cookies().get("ecolink_session")).isNotEqualTo(attackers);
    assertThat(userOf(attacker)).isEqualTo(attackersEmail);
    assertThat(userOf(other)).isEqualTo(email);
  }

  private Browser holding(String session) {
    Browser browser = new Browser(gateway());
    browser.cookies().put("ecolink_session", session);
    return browser;
  }

  private static String userOf(Browser browser) {
    return Tenant.json(browser.get("/api/session").body()).at("/user/email").asText();
  }

  @Test
  void refusesCookiesThatAreNoSession() {
    for (String cookie : new String[] {"", "x", "A".repeat(43), "A".repeat(5_000), "é"}) {
      Browser browser = new Browser(gateway());
      browser.cookies().put("ecolink_session", cookie);
      HttpResponse<String> answer = browser.get("/api/keys");
      assertThat(answer.statusCode()).as(cookie).isEqualTo(401);
      assertThat(code(answer)).isEqualTo("unauthorized");
    }
  }

  @Test
  void hasNoSessionForAKey() {
    HttpResponse<String> answer =
        gateway()
            .send(
                HttpRequest.newBuilder(gateway().resolve("/api/session"))
                    .header("Authorization", "Bearer " + gateway().operatorKey())
                    .build());
    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @Test
  void tellsWhatThereIsToSignInWith() {
    HttpResponse<String> answer = gateway().get("/api/session/methods");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"password\":true,\"oidc\":null}");
  }

  @Test
  void callsTheDataPlaneWithThePlaygroundsKeyUntilItSignsOut() {
    Browser browser = signedIn();
    HttpResponse<String> issued = browser.post("/api/session/playground-key", "");
    assertThat(issued.statusCode()).isEqualTo(201);
    String key = Tenant.json(issued.body()).path("key").asText();
    assertThat(models(key)).isEqualTo(200);
    assertThat(managing(key)).isEqualTo(403);
    assertThat(Tenant.json(browser.get("/api/keys").body()).path("data")).isEmpty();
    assertThat(Tenant.json(browser.get("/api/keys?include=playground").body()).path("data"))
        .singleElement()
        .satisfies(shown -> assertThat(shown.path("name").asText()).isEqualTo("Playground"));
    assertThat(browser.delete("/api/session").statusCode()).isEqualTo(204);
    assertThat(models(key)).isEqualTo(401);
  }

  private int models(String key) {
    return sent("/v1/models", key);
  }

  private int managing(String key) {
    return sent("/api/keys", key);
  }

  private int sent(String path, String key) {
    return gateway()
        .send(
            HttpRequest.newBuilder(gateway().resolve(path))
                .header("Authorization", "Bearer " + key)
                .build())
        .statusCode();
  }

  @Test
  void slowsDownGuessingButNotTheOwnersOwnBrowser() {
    Browser owner = signedIn();
    Browser guesser = new Browser(gateway());
    int[] statuses = new int[1_000];
    for (int i = 0; i < statuses.length; i++) {
      statuses[i] = guesser.signIn(email, "guess number " + i).statusCode();
    }
    assertThat(statuses).startsWith(401, 401, 401, 401, 401).containsOnly(401, 429);
    assertThat(java.util.Arrays.stream(statuses).filter(status -> status == 401).count())
        .isLessThan(15);
    HttpResponse<String> delayed = guesser.signIn(email, PASSWORD);
    assertThat(delayed.statusCode()).isEqualTo(429);
    assertThat(delayed.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 900L);
    assertThat(owner.signIn(email, PASSWORD).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesWhatIsNoSignIn() {
    Browser browser = new Browser(gateway());
    for (String body :
        new String[] {
          "{}",
          "{\"email\":\"a@example.com\"}",
          "{\"email\":\"a@example.com\",\"password\":1}",
          "{\"email\":\"a@example.com\\u0000\",\"password\":\"long enough\"}",
          "[]"
        }) {
      assertThat(browser.post("/api/session", body).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(browser.signIn(email, "x".repeat(1_001)).statusCode()).isEqualTo(400);
  }
}
