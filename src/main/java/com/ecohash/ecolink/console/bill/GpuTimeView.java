package com.ecohash.ecolink.console.bill;

import com.ecohash.ecolink.billing.GpuPeriod;
import com.ecohash.ecolink.billing.GpuRun;
import com.ecohash.ecolink.money.Money;
import java.time.Instant;

/**
 * One stretch of GPU time on the wire.
 *
 * @param price of a GPU-hour
 */
public record GpuTimeView(
    String id,
    Instant startedAt,
    Instant endedAt,
    long instanceId,
    long replicaId,
    String region,
    String gpuType,
    int gpus,
    long gpuSeconds,
    Money price,
    Money cost) {
  static GpuTimeView of(GpuPeriod period) {
    GpuRun run = period.run();
    return new GpuTimeView(
        "gpu_" + run.replica() + "_" + period.begin().getEpochSecond(),
        period.begin(),
        period.end(),
        run.instance().value(),
        run.replica().value(),
        run.region().value(),
        run.gpuType(),
        run.gpus(),
        period.gpuSeconds(),
        period.rate(),
        period.cost());
  }
}
