package com.ecohash.ecolink.routing;

import java.util.Locale;

/** What is known of a replica, in one word. */
public enum HealthStatus {
  /** Its health checks succeed and real traffic gets through. */
  HEALTHY,
  /** Its health checks fail: not chosen until they succeed again. */
  UNHEALTHY,
  /** Not checked yet: chosen where none is known to be healthy. */
  UNKNOWN,
  /** Real traffic failed there: out for a while, then tried with one request. */
  EJECTED;

  /** The name on the wire and in metrics: {@code healthy}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
