package com.ecohash.ecolink.access;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.KeyId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of an issued key; never the key. A revoked key is not here at all.
 *
 * @param rateLimit requests a minute; empty for the configured default
 * @param sourceTag free text of the owner's that groups usage
 */
public record ApiKey(
    KeyId id,
    AccountId account,
    String name,
    Set<Scope> scopes,
    Optional<Instant> expiresAt,
    Optional<Integer> rateLimit,
    Optional<String> sourceTag) {
  public ApiKey {
    scopes = Set.copyOf(scopes);
  }

  public boolean isExpiredAt(Instant now) {
    return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
  }
}
