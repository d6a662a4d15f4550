package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.Units;
import com.ecohash.ecolink.metering.UsageRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/** What one batch adds to one row of {@code usage_rollup}. */
final class Rollup {
  /** The key 0 stands for exchanges without one. */
  static final long NO_KEY = 0;

  record Id(long account, Instant hour, long instance, long key) {
    static final Comparator<Id> ORDER =
        Comparator.comparingLong(Id::account)
            .thenComparing(Id::hour)
            .thenComparingLong(Id::instance)
            .thenComparingLong(Id::key);

    static Id of(ExchangeStart start) {
      return new Id(
          start.account().value(),
          start.startedAt().truncatedTo(ChronoUnit.HOURS),
          start.instance().value(),
          start.key().isPresent() ? start.key().get().value() : NO_KEY);
    }

    LocalDate day() {
      return hour.atOffset(ZoneOffset.UTC).toLocalDate();
    }
  }

  /** Requests, errors, the six units, cost: in the order of the columns. */
  static final int COLUMNS = 9;

  private final long[] sums = new long[COLUMNS];

  void add(UsageRecord record) {
    Units units = record.units();
    sums[0] += 1;
    sums[1] += record.ending().isBilled() ? 0 : 1;
    sums[2] += units.inputTokens();
    sums[3] += units.cachedInputTokens();
    sums[4] += units.outputTokens();
    sums[5] += units.reasoningTokens();
    sums[6] += units.images();
    sums[7] += units.milliseconds();
    sums[8] += record.cost().nanoDollars();
  }

  long sum(int column) {
    return sums[column];
  }
}
