package com.ecohash.ecolink.access;

import java.time.Instant;
import java.util.Optional;

/**
 * A key as its owner sees it in a list, revoked or not; never the key.
 *
 * @param prefix its first characters
 */
public record IssuedKey(
    ApiKey key, String prefix, Instant createdAt, Optional<Instant> revokedAt) {}
