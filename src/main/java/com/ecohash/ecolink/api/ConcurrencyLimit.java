package com.ecohash.ecolink.api;

import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many exchanges this node has under way with each instance. One instance that hangs must not
 * fill the gateway for all others.
 */
public final class ConcurrencyLimit {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** An exchange's place at its instance, given back once however often it is left. */
  static final class Place {
    private final AtomicInteger underWay;
    private final AtomicBoolean left = new AtomicBoolean();

    private Place(AtomicInteger underWay) {
      this.underWay = underWay;
    }

    void leave() {
      if (left.compareAndSet(false, true)) {
        underWay.decrementAndGet();
      }
    }
  }

  private final int perInstanceMax;
  private final String key;
  private final ConcurrentMap<InstanceId, AtomicInteger> underWay = new ConcurrentHashMap<>();

  /**
   * @param key of the configuration that sets the limit, named in the refusal
   */
  public ConcurrencyLimit(int perInstanceMax, String key) {
    this.perInstanceMax = perInstanceMax;
    this.key = key;
  }

  /**
   * Takes a place at the instance.
   *
   * @throws ApiException 503 if all are taken
   */
  Place enter(InstanceId instance) {
    AtomicInteger known = underWay.get(instance); // computeIfAbsent may lock where it finds one
    AtomicInteger count =
        known != null ? known : underWay.computeIfAbsent(instance, id -> new AtomicInteger());
    if (count.incrementAndGet() > perInstanceMax) {
      count.decrementAndGet();
      throw new ApiException(
              ErrorType.OVERLOADED,
              "The instance "
                  + instance
                  + " has "
                  + perInstanceMax
                  + " exchanges under way, the limit `"
                  + key
                  + "`. Try again soon.")
          .withRetryAfter(RETRY_AFTER);
    }
    return new Place(count);
  }

  /** Forgets all instances but these. Exchanges that are under way with others end as usual. */
  public void retain(Set<InstanceId> instances) {
    underWay.keySet().retainAll(instances);
  }
}
