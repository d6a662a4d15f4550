package com.ecohash.ecolink.access;

import com.ecohash.ecolink.ids.AccountId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A key to be kept: everything but the key itself.
 *
 * @param prefix its first characters, by which people tell keys apart in a list
 */
public record NewKey(
    AccountId account,
    String name,
    KeyHash hash,
    String prefix,
    Set<Scope> scopes,
    Optional<Instant> expiresAt,
    Optional<Integer> rateLimit,
    Optional<String> sourceTag) {
  public NewKey {
    scopes = Set.copyOf(scopes);
  }
}
