package com.ecohash.ecolink.access;

import com.ecohash.ecolink.ids.KeyId;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * How many requests a minute each key may make: a token bucket for each, refilled evenly, so that a
 * whole minute's requests may come at once and the next ones as time passes. Each node grants its
 * share of a key's limit, which assumes that clients' requests are spread over the nodes. Takes no
 * lock that keys share.
 */
public final class RateLimits {
  /** A bucket is full again after a minute, so an older one holds nothing worth keeping. */
  private static final Duration UNUSED_MAX = Duration.ofMinutes(2);

  /**
   * What became of one request.
   *
   * @param limit of the key, a minute, on all nodes together
   * @param remaining requests that could follow at once, if they are spread over the nodes
   * @param nanosToReset until the whole limit is there again
   * @param nanosToRetry until one more request is; 0 if this one was granted
   */
  public record Taken(
      boolean granted, int limit, long remaining, long nanosToReset, long nanosToRetry) {}

  private final int defaultLimit;
  private final IntSupplier liveNodes;
  private final TimeMeter time;
  private final Cache<KeyId, RequestBudget> budgets;

  /**
   * @param defaultLimit requests a minute of a key that has no limit of its own
   * @param keysMax budgets kept at once; beyond it a key that was not used for long starts anew
   * @param liveNodes among which a limit is shared out, this one included; asked for each request
   */
  public RateLimits(int defaultLimit, int keysMax, IntSupplier liveNodes, TimeMeter time) {
    this.defaultLimit = defaultLimit;
    this.liveNodes = liveNodes;
    this.time = time;
    this.budgets =
        Caffeine.newBuilder()
            .executor(Runnable::run) // its upkeep is shorter than waking a thread for it
            .ticker(time::currentTimeNanos)
            .expireAfterAccess(UNUSED_MAX)
            .maximumSize(keysMax)
            .build();
  }

  /** Counts one request of the key. */
  public Taken take(ApiKey key) {
    int limit = key.rateLimit().isPresent() ? key.rateLimit().get() : defaultLimit;
    int nodes = Math.max(1, liveNodes.getAsInt());
    int share = (limit + nodes - 1) / nodes;
    ConsumptionProbe probe = budget(key.id(), share).take(share);
    return new Taken(
        probe.isConsumed(),
        limit,
        Math.min(limit, probe.getRemainingTokens() * nodes),
        probe.getNanosToWaitForReset(),
        probe.getNanosToWaitForRefill());
  }

  private RequestBudget budget(KeyId key, int share) {
    RequestBudget known = budgets.getIfPresent(key); // get(key, …) may lock even where it finds one
    return known != null ? known : budgets.get(key, unknown -> new RequestBudget(share, time));
  }
}
