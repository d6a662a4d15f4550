package com.ecohash.ecolink.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecohash.ecolink.access.people.SecretToken;
import com.ecohash.ecolink.testing.TestingProvider;
import com.ecohash.ecolink.testing.TestingProvider.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The flow against a real provider, which does everything right or one thing wrong. */
final class OidcClientTest {
  private static final URI CALLBACK = URI.create("http://127.0.0.1:1/api/session/oidc/callback");

  private final SecureRandom random = new SecureRandom();
  private final TestingProvider provider = TestingProvider.start();
  private final OidcClient client = client(Optional.of(TestingProvider.SECRET));

  private OidcClient client(Optional<String> secret) {
    return new OidcClient(
        new OidcSettings(
            OidcSettings.issuer(provider.issuer()),
            TestingProvider.CLIENT,
            secret,
            "Test",
            Set.of("openid", "email")));
  }

  @AfterEach
  void close() {
    provider.close();
  }

  /** Where the provider sends the browser back to. */
  private URI answer(SecretToken attempt) throws IOException, InterruptedException {
    URI there = client.begin(attempt, CALLBACK).orElseThrow();
    assertThat(there.toString()).startsWith(provider.issuer() + "/authorize?");
    HttpResponse<Void> response =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(there).build(), HttpResponse.BodyHandlers.discarding());
    return URI.create(response.headers().firstValue("Location").orElseThrow());
  }

  private SecretToken attempt() {
    return SecretToken.generate(random);
  }

  @Test
  void tellsWhoCameBack() throws Exception {
    SecretToken attempt = attempt();
    URI answer = answer(attempt);
    assertThat(client.finish(attempt, CALLBACK, answer))
        .isEqualTo(new Identified.Person(provider.issuer(), "subject-1", "somebody@example.com"));
    // The code was good once.
    assertThat(client.finish(attempt, CALLBACK, answer)).isInstanceOf(Identified.Refused.class);
  }

  @Test
  void asksForTheAddressWhereTheTokenLacksIt() throws Exception {
    provider.tellsTheAddressInUserInfoOnly();
    SecretToken attempt = attempt();
    assertThat(client.finish(attempt, CALLBACK, answer(attempt)))
        .isInstanceOf(Identified.Person.class);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "BROKEN_TOKEN_ANSWER"})
  void refuses(Fault fault) throws Exception {
    provider.does(fault);
    SecretToken attempt = attempt();
    assertThat(client.finish(attempt, CALLBACK, answer(attempt)))
        .isInstanceOf(Identified.Refused.class);
  }

  @Test
  void takesNoTokensFromABrokenAnswer() throws Exception {
    provider.does(Fault.BROKEN_TOKEN_ANSWER);
    SecretToken attempt = attempt();
    assertThat(client.finish(attempt, CALLBACK, answer(attempt)))
        .isNotInstanceOf(Identified.Person.class);
  }

  @Test
  void refusesABrowserThatDidNotGoThere() throws Exception {
    URI answer = answer(attempt());
    assertThat(client.finish(attempt(), CALLBACK, answer)).isInstanceOf(Identified.Refused.class);
  }

  @Test
  void refusesAnswersThatAreNone() {
    for (String query : new String[] {"", "?", "?code=x", "?state=", "?code=&state=&state=x"}) {
      assertThat(client.finish(attempt(), CALLBACK, URI.create(CALLBACK + query)))
          .as(query)
          .isInstanceOf(Identified.Refused.class);
    }
  }

  @Test
  void needsTheClientsSecret() throws Exception {
    SecretToken attempt = attempt();
    URI answer = answer(attempt);
    assertThat(client(Optional.of("wrong")).finish(attempt, CALLBACK, answer))
        .isInstanceOf(Identified.Refused.class);
  }

  @Test
  void saysWhenTheProviderIsAway() throws Exception {
    SecretToken attempt = attempt();
    URI answer = answer(attempt);
    provider.close();
    assertThat(client.finish(attempt, CALLBACK, answer)).isInstanceOf(Identified.Unavailable.class);
    assertThat(client(Optional.empty()).begin(attempt, CALLBACK)).isEmpty();
  }

  @Test
  void wantsAnIssuerOverHttps() {
    assertThat(OidcSettings.issuer("https://login.example.com/realm")).isNotNull();
    for (String issuer :
        new String[] {"http://login.example.com", "login.example.com", "https:///x", "ftp://a/"}) {
      assertThatThrownBy(() -> OidcSettings.issuer(issuer))
          .as(issuer)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
