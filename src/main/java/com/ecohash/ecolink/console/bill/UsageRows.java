package com.ecohash.ecolink.console.bill;

import com.ecohash.ecolink.billing.GpuPeriod;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.Units;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.UsageSum;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Usage as rows of a table. Exchanges and GPU time share one, each leaves empty what it lacks. */
final class UsageRows {
  static final List<String> COLUMNS =
      List.of(
          "id",
          "started_at",
          "instance_id",
          "key_id",
          "category",
          "model",
          "region",
          "status",
          "ending",
          "input_tokens",
          "cached_input_tokens",
          "output_tokens",
          "reasoning_tokens",
          "images",
          "seconds",
          "gpu_type",
          "gpu_seconds",
          "cost",
          "time_to_first_byte_ms",
          "duration_ms",
          "image_size");
  static final List<String> SUM_COLUMNS =
      List.of(
          "day",
          "instance_id",
          "key_id",
          "requests",
          "errors",
          "input_tokens",
          "cached_input_tokens",
          "output_tokens",
          "reasoning_tokens",
          "images",
          "seconds",
          "gpu_seconds",
          "gpu_cost",
          "cost",
          "time_to_first_token_ms");
  private static final Optional<Object> NONE = Optional.empty();

  private UsageRows() {}

  static void write(Csv csv, UsageRecord record) {
    ExchangeStart start = record.start();
    Units units = record.units();
    csv.value(start.id())
        .value(start.startedAt())
        .value(start.instance())
        .value(start.key().map(KeyId::value))
        .value(start.category().map(Category::wireName))
        .text(start.model())
        .value(record.region().map(RegionId::value))
        .value(record.status())
        .value(record.ending().wireName())
        .value(units.inputTokens())
        .value(units.cachedInputTokens())
        .value(units.outputTokens())
        .value(units.reasoningTokens())
        .value(units.images())
        .value(BigDecimal.valueOf(units.milliseconds(), 3))
        .value(NONE)
        .value(NONE)
        .value(record.cost())
        .value(milliseconds(record.firstByteMicros()))
        .value(milliseconds(record.durationMicros()))
        .value(start.imageSize())
        .end();
  }

  static void write(Csv csv, GpuPeriod period) {
    GpuTimeView view = GpuTimeView.of(period);
    csv.value(view.id())
        .value(view.startedAt())
        .value(view.instanceId())
        .value(NONE)
        .value("gpu_time")
        .value(NONE)
        .value(view.region());
    for (int column = 7; column < 15; column++) {
      csv.value(NONE);
    }
    csv.text(view.gpuType())
        .value(view.gpuSeconds())
        .value(view.cost())
        .value(NONE)
        .value(milliseconds(period.seconds() * 1_000_000))
        .value(NONE)
        .end();
  }

  static void write(Csv csv, UsageSum sum) {
    UsageSumView view = UsageSumView.of(sum);
    csv.value(view.day())
        .value(view.instanceId())
        .value(view.keyId())
        .value(view.requests())
        .value(view.errors())
        .value(view.inputTokens())
        .value(view.cachedInputTokens())
        .value(view.outputTokens())
        .value(view.reasoningTokens())
        .value(view.images())
        .value(view.seconds())
        .value(view.gpuSeconds())
        .value(view.gpuCost())
        .value(view.cost())
        .value(view.timeToFirstTokenMs())
        .end();
  }

  private static Optional<BigDecimal> milliseconds(long micros) {
    return micros < 0 ? Optional.empty() : Optional.of(BigDecimal.valueOf(micros, 3));
  }
}
