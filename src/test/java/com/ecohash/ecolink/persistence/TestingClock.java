package com.ecohash.ecolink.persistence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that moves when it is told to. */
final class TestingClock extends Clock {
  private final AtomicReference<Instant> now;

  TestingClock(Instant now) {
    this.now = new AtomicReference<>(now);
  }

  void advance(Duration time) {
    now.updateAndGet(old -> old.plus(time));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("a clock of instants only");
  }
}
