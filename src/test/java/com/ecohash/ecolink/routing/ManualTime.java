package com.ecohash.ecolink.routing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock and a ticker that move only when they are told to, and together. */
public final class ManualTime extends Clock {
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private long nanos;

  public synchronized long nanos() {
    return nanos;
  }

  public synchronized void advance(Duration by) {
    nanos += by.toNanos();
  }

  public synchronized void moveTo(long atNanos) {
    if (atNanos < nanos) {
      throw new IllegalArgumentException("time does not go back");
    }
    nanos = atNanos;
  }

  @Override
  public Instant instant() {
    return START.plusNanos(nanos());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("UTC only");
  }
}
