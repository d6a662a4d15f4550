package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import com.ecohash.ecolink.money.Rates;
import java.time.Instant;
import java.util.Map;

/**
 * The usage record of GPU time: one stretch of one run at one price, within one hour of UTC. It is
 * charged once; its replica and its begin identify it.
 *
 * @param rate of a GPU-hour, in force when it began
 */
public record GpuPeriod(GpuRun run, Instant begin, long seconds, Money rate) {
  public GpuPeriod {
    if (seconds <= 0) {
      throw new IllegalArgumentException("a period has some length");
    }
  }

  public long gpuSeconds() {
    return Math.multiplyExact(seconds, run.gpus());
  }

  public Instant end() {
    return begin.plusSeconds(seconds);
  }

  /** The exact product, rounded once, half up, to the nano-dollar. */
  public Money cost() {
    return new Rates(Map.of(PricedUnit.GPU_HOURS, rate))
        .charge(Map.of(PricedUnit.GPU_HOURS, gpuSeconds()));
  }
}
