package com.ecohash.ecolink.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.container.Browser;
import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.RunningGateway;
import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.testing.TestingProvider;
import com.ecohash.ecolink.testing.TestingProvider.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** People who sign in at another provider, from the button to the session. */
class OidcIT {
  private static final String OWNER = "owner@example.com";
  private static final String PASSWORD = "correct horse battery";

  private static GatewayProcess gateway(TestingProvider provider, Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(more);
    properties.put("ecolink.oidc.issuer", provider.issuer());
    properties.put("ecolink.oidc.client-id", TestingProvider.CLIENT);
    properties.put("ecolink.oidc.client-secret", TestingProvider.SECRET);
    properties.put("ecolink.oidc.name", "Test login");
    return GatewayProcess.start(properties);
  }

  /** From the button to the provider and back; the answer of the callback. */
  private static HttpResponse<String> throughProvider(Browser browser, String next)
      throws IOException, InterruptedException {
    return browser.get(pathOf(backFromProvider(browser, next)));
  }

  private static URI backFromProvider(Browser browser, String next)
      throws IOException, InterruptedException {
    HttpResponse<String> begun = browser.get("/api/session/oidc" + next);
    assertThat(begun.statusCode()).isEqualTo(303);
    assertThat(Browser.setCookies(begun))
        .singleElement()
        .asString()
        .startsWith("ecolink_oidc=")
        .contains("HttpOnly", "SameSite=Lax");
    HttpResponse<Void> atProvider =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(location(begun))).build(),
                HttpResponse.BodyHandlers.discarding());
    return URI.create(location(atProvider));
  }

  private static String pathOf(URI address) {
    return address.getRawPath() + "?" + address.getRawQuery();
  }

  private static String location(HttpResponse<?> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private static int session(Browser browser) {
    return browser.get("/api/session").statusCode();
  }

  @Test
  void signsInWhoIsKnownOrInvitedAndNobodyElse() throws Exception {
    try (TestingProvider provider = TestingProvider.start();
        GatewayProcess process = gateway(provider, Map.of())) {
      RunningGateway gateway = process.gateway();
      assertThat(gateway.get("/api/session/methods").body())
          .isEqualTo(
              "{\"password\":true,\"oidc\":{\"name\":\"Test login\",\"url\":\"/api/session/oidc\"}}");
      Browser.account(gateway, OWNER, PASSWORD);

      Browser before = new Browser(gateway);
      assertThat(before.signIn(OWNER, PASSWORD).statusCode()).isEqualTo(200);

      provider.signsIn("subject-owner", "Owner@Example.com");
      Browser owner = new Browser(gateway);
      HttpResponse<String> known = throughProvider(owner, "?next=%2Fapp%2Fbilling");
      assertThat(location(known)).isEqualTo(gateway.base() + "/app/billing");
      assertThat(session(owner)).isEqualTo(200);
      assertThat(owner.post("/api/session/playground-key", "").statusCode()).isEqualTo(201);
      assertThat(session(before)).as("of a password that proved no address").isEqualTo(401);
      assertThat(before.signIn(OWNER, PASSWORD).statusCode()).isEqualTo(401);
      assertThat(owner.get("/api/audit").body()).contains("provider_linked");

      provider.signsIn("subject-stranger", "stranger@example.com");
      Browser stranger = new Browser(gateway);
      assertThat(location(throughProvider(stranger, "")))
          .isEqualTo(gateway.base() + "/app/sign-in?error=uninvited");
      assertThat(session(stranger)).isEqualTo(401);

      owner.post("/api/users", "{\"email\":\"stranger@example.com\"}");
      Browser invited = new Browser(gateway);
      assertThat(location(throughProvider(invited, "?next=https%3A%2F%2Fevil.example.com%2F")))
          .isEqualTo(gateway.base() + "/app/instances");
      assertThat(Tenant.json(invited.get("/api/session").body()).path("user").path("role").asText())
          .isEqualTo("member");
      assertThat(invited.signIn("stranger@example.com", PASSWORD).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void goesHomeWhereTheCookieOrTheNextPageIsBroken() throws Exception {
    try (TestingProvider provider = TestingProvider.start();
        GatewayProcess process = gateway(provider, Map.of("ecolink.oidc.sign-up", "true"))) {
      RunningGateway gateway = process.gateway();
      Browser broken = new Browser(gateway);
      URI back = backFromProvider(broken, "");
      broken.cookies().compute("ecolink_oidc", (name, value) -> value.substring(0, 43) + "%zz");
      assertThat(location(broken.get(pathOf(back)))).isEqualTo(gateway.base() + "/app/instances");
      assertThat(session(broken)).isEqualTo(200);
      for (String next : new String[] {"?next=%2Fapp%2Fbilling%3Fa%3D%25zz", "?next=%25"}) {
        assertThat(location(throughProvider(new Browser(gateway), next)))
            .isEqualTo(gateway.base() + "/app/instances");
      }
      assertThat(
              location(throughProvider(new Browser(gateway), "?next=%2Fapp%2Fbilling%3Fa%3D%2520")))
          .isEqualTo(gateway.base() + "/app/billing?a=%20");
    }
  }

  @Test
  void refusesAnotherBrowsersAnswerAndAFalseOne() throws Exception {
    try (TestingProvider provider = TestingProvider.start();
        GatewayProcess process = gateway(provider, Map.of("ecolink.oidc.sign-up", "true"))) {
      RunningGateway gateway = process.gateway();
      URI stolen = backFromProvider(new Browser(gateway), "");
      Browser victim = new Browser(gateway);
      assertThat(location(victim.get(pathOf(stolen)))).endsWith("/app/sign-in?error=late");
      throughProvider(victim, ""); // a stranger, who is welcome here
      assertThat(session(victim)).isEqualTo(200);
      Browser other = new Browser(gateway);
      backFromProvider(other, "");
      assertThat(location(other.get(pathOf(stolen)))).endsWith("/app/sign-in?error=failed");
      assertThat(session(other)).isEqualTo(401);

      for (Fault fault : new Fault[] {Fault.UNSIGNED, Fault.OTHER_KEY, Fault.BROKEN_TOKEN_ANSWER}) {
        provider.does(fault);
        Browser browser = new Browser(gateway);
        assertThat(location(throughProvider(browser, "")))
            .as(fault.name())
            .matches(".*/app/sign-in\\?error=(failed|unavailable)");
        assertThat(session(browser)).as(fault.name()).isEqualTo(401);
      }
    }
  }
}
