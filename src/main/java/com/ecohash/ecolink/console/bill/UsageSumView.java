package com.ecohash.ecolink.console.bill;

import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.metering.UsageSum;
import com.ecohash.ecolink.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Summed usage on the wire.
 *
 * @param group the values of what is grouped by, with commas between
 * @param day null unless it is grouped by; so are the two ids
 * @param cost GPU time included
 * @param timeToFirstTokenMs the mean of streamed answers; null if there are none
 */
public record UsageSumView(
    String group,
    Optional<String> day,
    Optional<Long> instanceId,
    Optional<Long> keyId,
    long requests,
    long errors,
    long inputTokens,
    long cachedInputTokens,
    long outputTokens,
    long reasoningTokens,
    long images,
    BigDecimal seconds,
    long gpuSeconds,
    Money gpuCost,
    Money cost,
    Optional<BigDecimal> timeToFirstTokenMs) {
  static UsageSumView of(UsageSum sum) {
    return new UsageSumView(
        sum.group().name(),
        sum.group().day().map(LocalDate::toString),
        sum.group().instance().map(InstanceId::value),
        sum.group().key().map(KeyId::value),
        sum.requests(),
        sum.errors(),
        sum.inputTokens(),
        sum.cachedInputTokens(),
        sum.outputTokens(),
        sum.reasoningTokens(),
        sum.images(),
        BigDecimal.valueOf(sum.milliseconds(), 3),
        sum.gpuSeconds(),
        sum.gpuCost(),
        sum.cost(),
        sum.timeToFirstTokenMillis());
  }
}
