package com.ecohash.ecolink.console.people;

import com.ecohash.ecolink.access.oidc.OidcClient;
import com.ecohash.ecolink.access.people.ProviderSignIn;
import com.ecohash.ecolink.console.ClientWay;
import java.util.Optional;

/** What signing in at another provider needs; empty where none is configured. */
public record OidcParts(Optional<Enabled> enabled) {
  /**
   * The parts.
   *
   * @param name of the provider, for people
   */
  public record Enabled(String name, OidcClient client, ProviderSignIn signIn, ClientWay way) {}
}
