package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The immutable facts of one exchange. Its cost is fixed here: the store books it, and never
 * computes it again.
 *
 * @param status of the answer that the client got; 0 if it left before one
 * @param region the one that answered; empty if none did
 * @param firstByteMicros from the exchange's start to the first byte of the answer; −1 if none came
 * @param durationMicros from the exchange's start to its end; −1 if interrupted
 */
public record UsageRecord(
    ExchangeStart start,
    Ending ending,
    int status,
    Units units,
    Money cost,
    Optional<RegionId> region,
    List<AttemptRecord> attempts,
    long firstByteMicros,
    long durationMicros) {
  public UsageRecord {
    attempts = List.copyOf(attempts);
    if (!ending.isBilled() && !cost.isZero()) {
      throw new IllegalArgumentException(ending + " is not billed");
    }
  }

  public RequestId id() {
    return start.id();
  }

  /** When the exchange ended; its start if that is not known. */
  public Instant endedAt() {
    return durationMicros < 0
        ? start.startedAt()
        : start.startedAt().plusNanos(durationMicros * 1_000);
  }

  /** The record of an exchange whose gateway ended before it: nothing is known, nothing billed. */
  public static UsageRecord interrupted(ExchangeStart start) {
    return new UsageRecord(
        start, Ending.INTERRUPTED, 0, Units.NONE, Money.ZERO, Optional.empty(), List.of(), -1, -1);
  }
}
