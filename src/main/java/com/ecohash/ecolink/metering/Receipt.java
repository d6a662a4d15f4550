package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One exchange as its account sees it: the usage record in the words and forms of the wire. Members
 * become {@code snake_case}; what does not apply is null, units that were not used are missing.
 *
 * @param imageSize that was asked for, if one was named
 * @param source where the units come from: {@code reported}, {@code measured}, {@code estimated}
 * @param price in force when the exchange started, by unit
 * @param cost what was charged
 */
public record Receipt(
    String id,
    Instant startedAt,
    long instanceId,
    Optional<Long> keyId,
    Optional<String> category,
    String model,
    boolean streamed,
    int status,
    String ending,
    Map<String, Number> units,
    Optional<String> imageSize,
    String source,
    Map<String, Money> price,
    Money cost,
    Optional<String> region,
    List<Attempt> attempts,
    Optional<BigDecimal> firstByteMilliseconds,
    Optional<BigDecimal> durationMilliseconds) {
  /** One replica that was tried. */
  public record Attempt(
      long replicaId, String region, String reason, String result, int milliseconds) {}

  public Receipt {
    units = Map.copyOf(units);
    price = Map.copyOf(price);
    attempts = List.copyOf(attempts);
  }

  public static Receipt of(UsageRecord record) {
    ExchangeStart start = record.start();
    return new Receipt(
        record.id().value(),
        start.startedAt(),
        start.instance().value(),
        start.key().map(KeyId::value),
        start.category().map(Category::wireName),
        start.model(),
        start.streamed(),
        record.status(),
        record.ending().wireName(),
        units(record.units()),
        start.imageSize().map(ImageSize::toString),
        record.units().source().name().toLowerCase(Locale.ROOT),
        price(start.rates().prices()),
        record.cost(),
        record.region().map(RegionId::value),
        record.attempts().stream().map(Receipt::attempt).toList(),
        milliseconds(record.firstByteMicros()),
        milliseconds(record.durationMicros()));
  }

  private static Map<String, Number> units(Units units) {
    Map<String, Number> used = new LinkedHashMap<>();
    put(used, "input_tokens", units.inputTokens());
    put(used, "cached_input_tokens", units.cachedInputTokens());
    put(used, "output_tokens", units.outputTokens());
    put(used, "reasoning_tokens", units.reasoningTokens());
    put(used, "images", units.images());
    if (units.milliseconds() > 0) {
      used.put("seconds", BigDecimal.valueOf(units.milliseconds(), 3));
    }
    return used;
  }

  private static void put(Map<String, Number> units, String name, long quantity) {
    if (quantity > 0) {
      units.put(name, quantity);
    }
  }

  private static Map<String, Money> price(Map<PricedUnit, Money> rates) {
    Map<String, Money> price = new LinkedHashMap<>();
    rates.forEach((unit, amount) -> price.put(unit.wireName(), amount));
    return price;
  }

  private static Attempt attempt(AttemptRecord attempt) {
    return new Attempt(
        attempt.replica().value(),
        attempt.region().value(),
        attempt.reason(),
        attempt.result(),
        attempt.millis());
  }

  private static Optional<BigDecimal> milliseconds(long micros) {
    return micros < 0 ? Optional.empty() : Optional.of(BigDecimal.valueOf(micros, 3));
  }
}
