package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Usage summed over one group.
 *
 * @param requests all that reached a container or tried to
 * @param errors those of them that were not billed because of how they ended
 * @param cost of exchanges and of GPU time
 * @param streams billed exchanges whose answer was streamed and had a first byte
 * @param firstByteMicros the sum of their times to it
 * @param gpuCost what of the cost is for GPU time
 */
public record UsageSum(
    UsageGroup group,
    long requests,
    long errors,
    long inputTokens,
    long cachedInputTokens,
    long outputTokens,
    long reasoningTokens,
    long images,
    long milliseconds,
    Money cost,
    long streams,
    long firstByteMicros,
    long gpuSeconds,
    Money gpuCost) {
  /** The mean time to the first token of streamed answers, in milliseconds. */
  public Optional<BigDecimal> timeToFirstTokenMillis() {
    return streams == 0
        ? Optional.empty()
        : Optional.of(
            BigDecimal.valueOf(firstByteMicros, 3)
                .divide(BigDecimal.valueOf(streams), 3, RoundingMode.HALF_UP));
  }
}
