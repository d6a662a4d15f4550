package com.ecohash.ecolink.routing;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * A peak-sensitive moving average of the time to the first byte: a slower answer counts at once and
 * in full, a faster one by the time since the last. Trouble is believed sooner than its end.
 *
 * <p>{@link StrictMath}, because the committed simulation must give the same on every processor.
 */
final class FirstByteAverage {
  /** {@code nanos} below zero: nothing measured yet. */
  record Estimate(double nanos, long atNanos) {
    private static final Estimate NONE = new Estimate(-1, 0);

    boolean isKnown() {
      return nanos >= 0;
    }
  }

  private static final AtomicReferenceFieldUpdater<FirstByteAverage, Estimate> ESTIMATE =
      AtomicReferenceFieldUpdater.newUpdater(FirstByteAverage.class, Estimate.class, "estimate");

  private volatile Estimate estimate = Estimate.NONE;
  private final double decayNanos;

  FirstByteAverage(long decayNanos) {
    this.decayNanos = decayNanos;
  }

  Estimate current() {
    return estimate;
  }

  void observe(long sampleNanos, long nowNanos) {
    Estimate before;
    Estimate after;
    do {
      before = estimate;
      after = new Estimate(smoothed(before, sampleNanos, nowNanos), nowNanos);
    } while (!ESTIMATE.compareAndSet(this, before, after));
  }

  /** What was measured before a replica was ejected says nothing of the one that came back. */
  void restart(long sampleNanos, long nowNanos) {
    estimate = new Estimate(sampleNanos, nowNanos);
  }

  /** How much of an old measurement is still believed, from 1 down to 0. */
  double weight(Estimate old, long nowNanos) {
    return StrictMath.exp(-Math.max(0, nowNanos - old.atNanos()) / decayNanos);
  }

  private double smoothed(Estimate before, long sampleNanos, long nowNanos) {
    if (!before.isKnown() || sampleNanos >= before.nanos()) {
      return sampleNanos;
    }
    return sampleNanos + (before.nanos() - sampleNanos) * weight(before, nowNanos);
  }
}
