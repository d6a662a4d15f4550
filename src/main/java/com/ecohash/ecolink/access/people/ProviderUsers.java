package com.ecohash.ecolink.access.people;

import java.util.Optional;

/** Users by what another provider calls them. */
public interface ProviderUsers {
  /**
   * The user whom the provider knows by this name; or else the one with this verified address, who
   * from then on is known by it. Never one whom the same provider knows by another name. Whoever
   * had the password until then never showed that the address is theirs: it ends, with all sessions
   * and the keys that came with them.
   */
  Optional<User> findOrLink(Proof.Provider provider, String normalizedEmail);

  /**
   * Makes an account for somebody nobody knows, with them as its owner.
   *
   * @return empty if the address belongs to somebody
   */
  Optional<User> signUp(Proof.Provider provider, String normalizedEmail);
}
