package com.ecohash.ecolink.access;

import java.util.Map;
import java.util.Optional;

/** All keys in force at one moment, by their hash. Immutable. */
public final class KeyDirectory {
  public static final KeyDirectory EMPTY = new KeyDirectory(Map.of());

  private final Map<KeyHash, ApiKey> byHash;

  public KeyDirectory(Map<KeyHash, ApiKey> byHash) {
    this.byHash = Map.copyOf(byHash);
  }

  public Optional<ApiKey> find(KeyHash hash) {
    return Optional.ofNullable(byHash.get(hash));
  }
}
