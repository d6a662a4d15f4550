package com.ecohash.ecolink.access;

import java.util.Locale;
import java.util.Optional;

/** What a person may do in an account. */
public enum Role {
  /** Everything, the team included. */
  OWNER,
  /** Everything but the team. */
  MEMBER;

  /** The name on the wire and in the database: {@code owner}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Role> ofWireName(String name) {
    for (Role role : values()) {
      if (role.wireName().equals(name)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
