package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.money.Money;

/**
 * Usage summed over one group.
 *
 * @param group the day ({@code 2026-11-23}), or the id of the instance or key; {@code none} for
 *     exchanges without a key
 * @param requests all that reached a container or tried to
 * @param errors those of them that were not billed because of how they ended
 */
public record UsageSum(
    String group,
    long requests,
    long errors,
    long inputTokens,
    long cachedInputTokens,
    long outputTokens,
    long reasoningTokens,
    long images,
    long milliseconds,
    Money cost) {}
