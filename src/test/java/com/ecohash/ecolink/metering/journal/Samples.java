package com.ecohash.ecolink.metering.journal;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.metering.AttemptRecord;
import com.ecohash.ecolink.metering.Ending;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.Units;
import com.ecohash.ecolink.metering.UnitsSource;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import com.ecohash.ecolink.money.Rates;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Exchanges for tests, told apart by a number. */
public final class Samples {
  static final Instant NOON = Instant.parse("2026-11-01T12:00:00.123456789Z");

  private Samples() {}

  static RequestId id(long number) {
    return new RequestId(String.format(Locale.ROOT, "req_%026d", number));
  }

  static ExchangeStart start(long number) {
    return start(number, "my-llama:142");
  }

  static ExchangeStart start(long number, String model) {
    return new ExchangeStart(
        id(number),
        NOON.plusMillis(number),
        new AccountId(1 + number % 3),
        Optional.of(new KeyId(7)),
        new InstanceId(142),
        Optional.of(Category.CHAT),
        model,
        true,
        new Rates(
            Map.of(
                PricedUnit.INPUT_TOKENS,
                Money.parse("0.0375"),
                PricedUnit.OUTPUT_TOKENS,
                Money.parse("0.15"))));
  }

  static UsageRecord completed(ExchangeStart start) {
    Units units = Units.tokens(1_000, 200, 300, 0, UnitsSource.REPORTED);
    return new UsageRecord(
        start,
        Ending.COMPLETED,
        200,
        units,
        start.rates().charge(units.priced()),
        Optional.of(new RegionId("us-west")),
        List.of(
            new AttemptRecord(
                new ReplicaId(9), new RegionId("us-east"), "least busy", "connect_refused", 3),
            new AttemptRecord(new ReplicaId(8), new RegionId("us-west"), "failover", "ok", 812)),
        120_000,
        812_000);
  }

  public static UsageRecord completed(long number) {
    return completed(start(number));
  }

  /** The smallest journal: four segments of 64 KiB. */
  static JournalSettings small(Path folder) {
    return new JournalSettings(
        folder, JournalSettings.SEGMENT_BYTES_MIN, 4L * JournalSettings.SEGMENT_BYTES_MIN);
  }

  static JournalSettings roomy(Path folder) {
    return new JournalSettings(folder, JournalSettings.SEGMENT_BYTES_MIN, 64L << 20);
  }
}
