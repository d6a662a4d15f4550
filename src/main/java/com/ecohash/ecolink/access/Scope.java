package com.ecohash.ecolink.access;

import java.util.Locale;
import java.util.Optional;

/** What a key may be used for. */
public enum Scope {
  /** The data plane. */
  INFERENCE,
  /** The management API of the key's account. */
  MANAGE,
  /** Everything, for any account; only the operator's key from the environment has it. */
  OPERATOR;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Scope> ofWireName(String name) {
    for (Scope scope : values()) {
      if (scope.wireName().equals(name)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }
}
