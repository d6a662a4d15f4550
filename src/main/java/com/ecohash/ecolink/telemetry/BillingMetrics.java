package com.ecohash.ecolink.telemetry;

import com.ecohash.ecolink.billing.BalanceWarning;
import com.ecohash.ecolink.billing.BillingListener;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of the settlement of GPU time goes to Prometheus and to the log. The account stands in the
 * log only: labels are few and bounded.
 */
public final class BillingMetrics implements BillingListener {
  private static final Logger LOG = LoggerFactory.getLogger(BillingMetrics.class);

  private final Counter gpuSeconds;
  private final Counter warnings;
  private final Counter stopped;

  public BillingMetrics(PrometheusRegistry registry) {
    gpuSeconds =
        Counter.builder()
            .name("ecolink_gpu_seconds_charged")
            .help("GPU-seconds that this node charged.")
            .register(registry);
    warnings =
        Counter.builder()
            .name("ecolink_balance_warnings")
            .help("Warnings of balances that run out, by the minutes left; 0 is the end.")
            .labelNames("minutes")
            .register(registry);
    stopped =
        Counter.builder()
            .name("ecolink_instances_stopped_without_credit")
            .help("Custom instances that were stopped as their account's balance was used up.")
            .register(registry);
  }

  @Override
  public void settled(AccountId account, long seconds) {
    gpuSeconds.inc(seconds);
  }

  @Override
  public void warned(AccountId account, BalanceWarning warning) {
    warnings.labelValues(Integer.toString(warning.minutes())).inc();
    LOG.warn(
        "Account {}: {} Balance {} USD, {} USD an hour.",
        account,
        warning.message(),
        warning.balance(),
        warning.burnPerHour());
  }

  @Override
  public void stopped(AccountId account, List<InstanceId> instances) {
    stopped.inc(instances.size());
    LOG.warn("Account {} has no credit left; its instances {} were stopped", account, instances);
  }
}
