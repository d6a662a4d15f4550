package com.ecohash.ecolink.console;

import com.ecohash.ecolink.metering.UsageSum;
import com.ecohash.ecolink.money.Money;
import java.math.BigDecimal;

/** Summed usage on the wire. */
public record UsageSumView(
    String group,
    long requests,
    long errors,
    long inputTokens,
    long cachedInputTokens,
    long outputTokens,
    long reasoningTokens,
    long images,
    BigDecimal seconds,
    Money cost) {
  static UsageSumView of(UsageSum sum) {
    return new UsageSumView(
        sum.group(),
        sum.requests(),
        sum.errors(),
        sum.inputTokens(),
        sum.cachedInputTokens(),
        sum.outputTokens(),
        sum.reasoningTokens(),
        sum.images(),
        BigDecimal.valueOf(sum.milliseconds(), 3),
        sum.cost());
  }
}
