package com.ecohash.ecolink.api;

import com.ecohash.ecolink.metering.Meter;
import com.ecohash.ecolink.openai.ScannedBody;
import com.ecohash.ecolink.relay.ForwardedRequest;
import com.ecohash.ecolink.relay.StoredBody;
import java.util.function.Supplier;

/**
 * A request's body, whole, and what it said.
 *
 * @param forwarded its head as the container gets it
 * @param metering makes the meter for its answer
 */
record UnifiedRequest(
    ScannedBody scanned, StoredBody body, ForwardedRequest forwarded, Metering metering) {
  /** What is known of the request goes into how its answer is metered. */
  interface Metering {
    /**
     * @param dropUsageEvent the client of a chat stream did not ask for its usage event
     */
    Meter meter(boolean dropUsageEvent);
  }

  /** Does the next step; if that refuses, the body is not needed any more. */
  <T> T orClose(Supplier<T> next) {
    try {
      return next.get();
    } catch (RuntimeException refusal) {
      body.close();
      throw refusal;
    }
  }
}
