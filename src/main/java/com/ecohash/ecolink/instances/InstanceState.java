package com.ecohash.ecolink.instances;

import java.util.Locale;

/**
 * Where an instance is in its life. A running one is called, and so is a starting one: whether its
 * containers answer is then found out by the call itself.
 */
public enum InstanceState {
  /** A runtime has yet to make its containers. */
  PENDING,
  /** No container has passed a health check yet. */
  STARTING,
  /** At least one container has; how they do now is their health's to tell. */
  RUNNING,
  /** Takes no new exchanges; those in flight finish. */
  STOPPING,
  TERMINATED,
  /** No container became healthy in time; runs as soon as one does. */
  FAILED;

  /** Whether exchanges may be sent to its containers. */
  public boolean isCalled() {
    return this == RUNNING || this == STARTING;
  }

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
