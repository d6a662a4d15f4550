package com.ecohash.ecolink.metering.journal;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Time that passes when told to. */
final class ManualTicker implements LongSupplier {
  private long nanos = 1_000_000_000_000L;

  void advance(Duration duration) {
    nanos += duration.toNanos();
  }

  @Override
  public long getAsLong() {
    return nanos;
  }
}
