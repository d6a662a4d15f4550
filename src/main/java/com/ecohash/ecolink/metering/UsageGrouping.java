package com.ecohash.ecolink.metering;

import java.util.Locale;
import java.util.Optional;

/** By what usage is summed. */
public enum UsageGrouping {
  /** Days of UTC. */
  DAY,
  INSTANCE,
  KEY;

  /** The name on the wire: {@code day}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<UsageGrouping> ofWireName(String name) {
    for (UsageGrouping grouping : values()) {
      if (grouping.wireName().equals(name)) {
        return Optional.of(grouping);
      }
    }
    return Optional.empty();
  }
}
