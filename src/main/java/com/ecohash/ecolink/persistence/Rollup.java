package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.GpuPeriod;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.Units;
import com.ecohash.ecolink.metering.UsageRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/** What something adds to one row of {@code usage_rollup}, or of {@code usage_day}. */
final class Rollup {
  /** The key 0 stands for exchanges without one, and for GPU time. */
  static final long NO_KEY = 0;

  /** Which row: of a day, the hour is the first one. */
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

    static Id of(GpuPeriod period) {
      return new Id(
          period.run().account().value(),
          period.begin().truncatedTo(ChronoUnit.HOURS),
          period.run().instance().value(),
          NO_KEY);
    }

    Id ofTheDay() {
      return new Id(account, hour.truncatedTo(ChronoUnit.DAYS), instance, key);
    }

    LocalDate day() {
      return hour.atOffset(ZoneOffset.UTC).toLocalDate();
    }
  }

  /** The columns that are summed, in the order of the sums. */
  static final List<String> COLUMNS =
      List.of(
          "requests",
          "errors",
          "input_tokens",
          "cached_input_tokens",
          "output_tokens",
          "reasoning_tokens",
          "images",
          "milliseconds",
          "cost_nanos",
          "streams",
          "first_byte_micros",
          "gpu_seconds",
          "gpu_cost_nanos");

  private final long[] sums = new long[COLUMNS.size()];

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
    if (record.start().streamed() && record.ending().isBilled() && record.firstByteMicros() >= 0) {
      sums[9] += 1;
      sums[10] += record.firstByteMicros();
    }
  }

  void add(GpuPeriod period) {
    long costNanos = period.cost().nanoDollars();
    sums[8] += costNanos;
    sums[11] += period.gpuSeconds();
    sums[12] += costNanos;
  }

  void add(Rollup other) {
    for (int column = 0; column < sums.length; column++) {
      sums[column] += other.sums[column];
    }
  }

  void add(int column, long amount) {
    sums[column] += amount;
  }

  long sum(int column) {
    return sums[column];
  }
}
