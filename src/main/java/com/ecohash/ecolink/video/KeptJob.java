package com.ecohash.ecolink.video;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import com.ecohash.ecolink.money.Rates;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A job as it lies in a file, which another version of this program may have written: plain texts
 * and numbers.
 *
 * @param rates nano-dollars by unit
 */
record KeptJob(
    String usageId,
    String startedAt,
    long account,
    @Nullable Long key,
    long instance,
    String model,
    Map<String, Long> rates,
    long replica,
    String region,
    String containerId,
    String publicId,
    @Nullable Long askedMillis) {

  static KeptJob of(VideoJob job) {
    ExchangeStart usage = job.usage();
    Map<String, Long> rates = new TreeMap<>();
    usage
        .rates()
        .prices()
        .forEach((unit, price) -> rates.put(unit.wireName(), price.nanoDollars()));
    return new KeptJob(
        usage.id().value(),
        usage.startedAt().toString(),
        usage.account().value(),
        usage.key().map(KeyId::value).orElse(null),
        usage.instance().value(),
        usage.model(),
        rates,
        job.replica().value(),
        job.region().value(),
        job.containerId(),
        job.publicId(),
        job.asked().map(Duration::toMillis).orElse(null));
  }

  VideoJob toJob() {
    Map<PricedUnit, Money> prices = new EnumMap<>(PricedUnit.class);
    rates.forEach(
        (unit, nanos) -> prices.put(PricedUnit.ofWireName(unit).orElseThrow(), new Money(nanos)));
    return new VideoJob(
        new ExchangeStart(
            new RequestId(usageId),
            Instant.parse(startedAt),
            new AccountId(account),
            Optional.ofNullable(key).map(KeyId::new),
            new InstanceId(instance),
            Optional.of(Category.VIDEO),
            model,
            false,
            new Rates(prices)),
        new ReplicaId(replica),
        new RegionId(region),
        containerId,
        publicId,
        Optional.ofNullable(askedMillis).map(Duration::ofMillis));
  }
}
