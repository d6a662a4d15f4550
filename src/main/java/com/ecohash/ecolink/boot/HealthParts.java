package com.ecohash.ecolink.boot;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** What must be well for the gateway to take requests (SPEC 7). */
@Singleton
public class HealthParts {
  private static final double JOURNAL_FULL = 0.9;

  private final GatewayStart start;

  @Inject
  HealthParts(GatewayStart start) {
    this.start = start;
  }

  @Produces
  @Singleton
  @Readiness
  HealthCheck database() {
    return () -> check("database", start.gateway().database().isReachable());
  }

  @Produces
  @Singleton
  @Readiness
  HealthCheck journal() {
    return () -> {
      Gateway gateway = start.gateway();
      boolean up =
          gateway.journal().isWritable()
              && gateway.journal().fillRatio() < JOURNAL_FULL
              && gateway.drain().rejected() == 0;
      return HealthCheckResponse.named("journal")
          .status(up)
          .withData("undrained", gateway.journal().undrained())
          .withData("rejected", gateway.drain().rejected())
          .withData("fill_percent", Math.round(gateway.journal().fillRatio() * 100))
          .build();
    };
  }

  @Produces
  @Singleton
  @Startup
  HealthCheck started() {
    return () -> check("gateway", start.isRunning());
  }

  private static HealthCheckResponse check(String name, boolean up) {
    return HealthCheckResponse.named(name).status(up).build();
  }
}
