package com.ecohash.ecolink.boot;

import com.ecohash.ecolink.billing.BillingQueries;
import com.ecohash.ecolink.billing.Reconciler;
import com.ecohash.ecolink.console.BillingSettings;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.persistence.ClusterTasks;
import com.ecohash.ecolink.persistence.GpuSettlement;
import com.ecohash.ecolink.persistence.JdbcBillingQueries;
import com.ecohash.ecolink.persistence.Reconciliation;
import com.ecohash.ecolink.telemetry.BillingMetrics;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** The bill: what its pages need, and the settlement of GPU time. */
@Singleton
public class BillingParts {
  private static final String SETTLEMENT = "gpu-settlement";

  private final Gateway gateway;

  @Inject
  BillingParts(GatewayStart start) {
    this.gateway = start.gateway();
  }

  /** Charges GPU time from now on, on one node at a time. */
  static ClusterTasks settleGpuTime(Gateway gateway, String node, Clock clock) {
    Duration interval = gateway.configuration().duration(Setting.GPU_INTERVAL);
    if (interval.toSeconds() < 1 || interval.toMillisPart() != 0) {
      throw new BadConfigurationException(
          Setting.GPU_INTERVAL.key() + " is a whole number of seconds, 1s or more.");
    }
    GpuSettlement settlement =
        new GpuSettlement(
            gateway.database(), clock, interval, new BillingMetrics(gateway.metrics()));
    return ClusterTasks.start(
        gateway.database(), node, SETTLEMENT, interval, () -> settle(settlement, gateway));
  }

  /** What has run dry is refused at once on this node; the others see it with the next reload. */
  private static void settle(GpuSettlement settlement, Gateway gateway) {
    if (settlement.settle()) {
      gateway.catalog().refresh();
    }
  }

  @Produces
  @Singleton
  BillingQueries queries(Clock clock) {
    return new JdbcBillingQueries(gateway.database(), clock);
  }

  @Produces
  @Singleton
  Reconciler reconciler() {
    return Reconciliation.of(gateway.database());
  }

  @Produces
  @Singleton
  BillingSettings settings() {
    Configuration configuration = gateway.configuration();
    return new BillingSettings(
        configuration.parsed(Setting.CREDIT_MAX, Money::parse),
        Setting.CREDIT_MAX.key(),
        configuration.number(Setting.CSV_ROWS, 1, 100_000_000),
        Setting.CSV_ROWS.key());
  }
}
