package com.ecohash.ecolink.access.oidc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * The provider at which people may sign in.
 *
 * @param clientSecret empty for a client that has none and relies on PKCE
 * @param name for people, on the button
 */
public record OidcSettings(
    URI issuer, String clientId, Optional<String> clientSecret, String name, Set<String> scopes) {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  public OidcSettings {
    scopes = Set.copyOf(scopes);
  }

  /**
   * Reads an issuer.
   *
   * @throws IllegalArgumentException if it is no URL over HTTPS (loopback apart)
   */
  public static URI issuer(String text) {
    try {
      URI issuer = new URI(text);
      if ("https".equals(issuer.getScheme()) && issuer.getHost() != null
          || "http".equals(issuer.getScheme()) && LOOPBACK.contains(issuer.getHost())) {
        return issuer;
      }
    } catch (URISyntaxException e) {
      throw notAnIssuer(text);
    }
    throw notAnIssuer(text);
  }

  private static IllegalArgumentException notAnIssuer(String text) {
    return new IllegalArgumentException(
        "an issuer is a URL such as https://login.example.com, over HTTPS: " + text);
  }

  @Override
  public String toString() {
    return "OidcSettings[" + issuer + "]"; // never the secret
  }
}
