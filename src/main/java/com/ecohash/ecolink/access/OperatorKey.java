package com.ecohash.ecolink.access;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The operator's key from the configuration; keeps its hash only. */
public final class OperatorKey {
  private static final int LENGTH_MIN = 32;

  /** Nobody is the operator. */
  public static final OperatorKey NONE = new OperatorKey(Optional.empty());

  private final Optional<KeyHash> hash;

  private OperatorKey(Optional<KeyHash> hash) {
    this.hash = hash;
  }

  /**
   * @throws IllegalArgumentException if it is shorter than 32 characters
   */
  public static OperatorKey of(String key) {
    if (key.length() < LENGTH_MIN) {
      throw new IllegalArgumentException(
          "the operator's key has " + LENGTH_MIN + " characters or more");
    }
    return new OperatorKey(Optional.of(hash(key)));
  }

  /** Compares hashes, in a time that tells nothing about the key. */
  public boolean matches(String text) {
    return hash.isPresent() && hash.get().equals(hash(text));
  }

  private static KeyHash hash(String key) {
    return KeyHash.of(key.getBytes(StandardCharsets.UTF_8));
  }
}
