package com.ecohash.ecolink.instances;

import java.util.Locale;

/** Where an instance is in its life. Only a running one is called. */
public enum InstanceState {
  PENDING,
  STARTING,
  RUNNING,
  STOPPING,
  TERMINATED,
  FAILED;

  /** The name on the wire and in the database: {@code running}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if no state has this name
   */
  public static InstanceState ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
