package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.ReplicaId;
import java.time.Instant;
import java.util.Optional;

/**
 * One replica of a custom instance from when it began to run to when it stopped: what is charged by
 * time. All its times are whole seconds.
 *
 * @param gpuType empty text if none was named
 * @param settledUntil up to here it is charged
 */
public record GpuRun(
    ReplicaId replica,
    InstanceId instance,
    AccountId account,
    RegionId region,
    String gpuType,
    int gpus,
    Instant begin,
    Optional<Instant> end,
    Instant settledUntil) {
  /** How far it can be charged, if running ones are charged up to this moment. */
  public Instant chargeableUntil(Instant until) {
    Instant target = end.orElse(until);
    return target.isBefore(settledUntil) ? settledUntil : target;
  }
}
