package com.ecohash.ecolink.boot;

import com.ecohash.ecolink.billing.BillingQueries;
import com.ecohash.ecolink.billing.Reconciler;
import com.ecohash.ecolink.console.bill.BillingSettings;
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
  private static final Money HIGHEST_PRICE_MAX = Money.parse("1000000");

  private final Gateway gateway;

  @Inject
  BillingParts(GatewayStart start) {
    this.gateway = start.gateway();
  }

  /** Charges GPU time from now on, on one node at a time. */
  static ClusterTasks settleGpuTime(Gateway gateway, String node, Clock clock) {
    settings(gateway.configuration()); // a bad value stops the start, not the first call
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
    return settings(gateway.configuration());
  }

  static BillingSettings settings(Configuration configuration) {
    return new BillingSettings(
        configuration.parsed(Setting.CREDIT_MAX, Money::parse),
        Setting.CREDIT_MAX.key(),
        configuration.parsed(Setting.PRICE_MAX, BillingParts::priceMax),
        Setting.PRICE_MAX.key(),
        configuration.number(Setting.CSV_ROWS, 1, 100_000_000),
        Setting.CSV_ROWS.key());
  }

  /** An hour of the most GPUs at it is an amount that {@link Money} holds. */
  private static Money priceMax(String text) {
    Money max = Money.parse(text);
    if (!max.isPositive() || max.compareTo(HIGHEST_PRICE_MAX) > 0) {
      throw new IllegalArgumentException(
          "the highest price is above 0 and at most " + HIGHEST_PRICE_MAX + " USD");
    }
    return max;
  }
}
