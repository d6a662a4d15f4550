package com.ecohash.ecolink.api;

import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import com.ecohash.ecolink.relay.upstream.Failure;
import com.ecohash.ecolink.routing.RoutePlan;
import java.time.Duration;
import java.util.Optional;

/** What a client is told when no container answered it. */
final class Unsent {
  private static final Duration OVERLOADED_RETRY_AFTER = Duration.ofSeconds(5);

  private Unsent() {}

  static ApiException explain(Optional<Failure> failure, RoutePlan plan) {
    if (failure.isEmpty()) {
      return new ApiException(
              ErrorType.NO_HEALTHY_REGION,
              "No region of this instance is healthy now. Try again, or see the instance's health.")
          .withRetryAfter(plan.retryAfter());
    }
    if (failure.get() == Failure.OVERLOADED) {
      return new ApiException(
              ErrorType.OVERLOADED,
              "Too many requests to this instance's containers are under way ("
                  + failure.get().sentence()
                  + "). Try again soon.")
          .withRetryAfter(OVERLOADED_RETRY_AFTER);
    }
    if (failure.get().isTimeout()) {
      return new ApiException(
          ErrorType.TIMEOUT,
          "The container did not answer in time (" + failure.get().sentence() + ").");
    }
    return new ApiException(
        ErrorType.BAD_GATEWAY,
        "No region's container gave an answer that could be passed on; the last failure was "
            + failure.get().sentence()
            + ".");
  }
}
