package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.ids.ReplicaId;
import java.time.Instant;

/** Where a page of GPU periods ended: the begin and the replica of its last one. */
public record GpuPosition(Instant begin, ReplicaId replica) {
  public static GpuPosition of(GpuPeriod period) {
    return new GpuPosition(period.begin(), period.run().replica());
  }
}
