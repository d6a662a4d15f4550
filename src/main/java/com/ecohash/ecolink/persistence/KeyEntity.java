package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.ApiKey;
import com.ecohash.ecolink.access.IssuedKey;
import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.access.NewKey;
import com.ecohash.ecolink.access.Scope;
import com.ecohash.ecolink.access.people.Session;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.KeyId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A row of {@code api_key}. */
@Entity
@Table(name = "api_key")
class KeyEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  @Column(name = "account_id")
  private long accountId;

  private String name;
  private String sha256;
  private String prefix;

  /** Wire names, parted by blanks. */
  private String scopes;

  @Column(name = "expires_at")
  private @Nullable Instant expiresAt;

  @Column(name = "rate_limit")
  private @Nullable Integer rateLimit;

  @Column(name = "source_tag")
  private @Nullable String sourceTag;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "revoked_at")
  private @Nullable Instant revokedAt;

  /** Whose Playground it is the key of; empty for an ordinary key. */
  @Column(name = "user_id")
  private @Nullable Long userId;

  @Column(name = "session_id")
  private @Nullable Long sessionId;

  @SuppressWarnings("NullAway.Init")
  KeyEntity() {} // for JPA, and for reissue

  KeyEntity(NewKey key, Instant createdAt) {
    this.accountId = key.account().value();
    this.name = key.name();
    this.sha256 = key.hash().hex();
    this.prefix = key.prefix();
    this.scopes =
        key.scopes().stream().map(Scope::wireName).sorted().collect(Collectors.joining(" "));
    this.expiresAt = key.expiresAt().map(Times::stored).orElse(null);
    this.rateLimit = key.rateLimit().orElse(null);
    this.sourceTag = key.sourceTag().orElse(null);
    this.createdAt = createdAt;
  }

  /** Makes it a session's Playground key, whatever it was before. */
  void reissue(Session session, KeyHash hash, String keyPrefix, Instant now, Instant expiry) {
    accountId = session.user().account().value();
    name = "Playground";
    sha256 = hash.hex();
    prefix = keyPrefix;
    scopes = Scope.INFERENCE.wireName();
    expiresAt = expiry;
    createdAt = now;
    revokedAt = null;
    userId = session.user().id().value();
    sessionId = session.id().value();
  }

  void revoke(Instant at) {
    if (revokedAt == null) {
      revokedAt = at;
    }
  }

  boolean isRevoked() {
    return revokedAt != null;
  }

  KeyHash hash() {
    return KeyHash.ofHex(sha256);
  }

  ApiKey toApiKey() {
    Set<Scope> known =
        Arrays.stream(scopes.split(" "))
            .flatMap(scope -> Scope.ofWireName(scope).stream())
            .collect(Collectors.toSet());
    return new ApiKey(
        new KeyId(id),
        new AccountId(accountId),
        name,
        known,
        Optional.ofNullable(expiresAt),
        Optional.ofNullable(rateLimit),
        Optional.ofNullable(sourceTag));
  }

  IssuedKey toIssuedKey() {
    return new IssuedKey(toApiKey(), prefix, createdAt, Optional.ofNullable(revokedAt));
  }
}
