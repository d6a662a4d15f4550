package com.ecohash.ecolink.api;

import com.ecohash.ecolink.access.ApiKey;
import com.ecohash.ecolink.access.ApiKeyText;
import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.access.RateLimits;
import com.ecohash.ecolink.access.Scope;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/**
 * Checks the key of a request to the data plane (SPEC 2.1), and counts the request against the
 * key's limit (SPEC 2.5): from memory alone. What has no valid key is not counted.
 */
public final class KeyCheck {
  private static final String SCHEME = "Bearer ";
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final CurrentCatalog catalog;
  private final RateLimits limits;
  private final Clock clock;

  public KeyCheck(CurrentCatalog catalog, RateLimits limits, Clock clock) {
    this.catalog = catalog;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * The key that the request carries, and that may make one more.
   *
   * @throws ApiException 401, 403 or 429
   */
  ApiKey require(HttpServletRequest request, HttpServletResponse response) {
    ApiKey key = identify(request);
    count(key, response);
    return key;
  }

  /**
   * Counts the request, and says on its answer what is left.
   *
   * @throws ApiException 429 if the key's limit is used up
   */
  void count(ApiKey key, HttpServletResponse response) {
    RateLimits.Taken taken = limits.take(key);
    response.setHeader("x-ratelimit-limit", Integer.toString(taken.limit()));
    response.setHeader("x-ratelimit-remaining", Long.toString(taken.remaining()));
    response.setHeader("x-ratelimit-reset", Long.toString(secondsUp(taken.nanosToReset())));
    if (!taken.granted()) {
      throw new ApiException(
              ErrorType.RATE_LIMIT_EXCEEDED,
              "This key may make "
                  + taken.limit()
                  + " requests a minute ("
                  + (key.rateLimit().isPresent()
                      ? "its own `rate_limit`"
                      : "the limit `ecolink.limits.requests-per-minute`")
                  + "), and has made them. Try again later; see the header Retry-After.")
          .withRetryAfter(Duration.ofNanos(taken.nanosToRetry()));
    }
  }

  private static long secondsUp(long nanos) {
    return (nanos + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND;
  }

  /**
   * The key that the request carries.
   *
   * @throws ApiException 401 if there is none in force, 403 if it is not for the data plane
   */
  ApiKey identify(HttpServletRequest request) {
    String authorization = request.getHeader("Authorization");
    if (authorization == null) {
      throw unauthorized("No API key. Send it as `Authorization: Bearer eco_…`.");
    }
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw unauthorized("The Authorization header is not `Bearer eco_…`.");
    }
    String text = authorization.substring(SCHEME.length()).trim();
    if (!ApiKeyText.isWellFormed(text)) {
      throw unauthorized("This is not an EcoLink API key, or it is mistyped.");
    }
    ApiKey key =
        catalog
            .get()
            .keys()
            .find(KeyHash.of(text.getBytes(StandardCharsets.US_ASCII)))
            .orElseThrow(() -> unauthorized("This API key is unknown or revoked."));
    if (key.isExpiredAt(clock.instant())) {
      throw unauthorized("This API key has expired. Make a new one.");
    }
    if (!key.scopes().contains(Scope.INFERENCE)) {
      throw new ApiException(
          ErrorType.FORBIDDEN, "This API key has no scope `inference`. Make one that has it.");
    }
    return key;
  }

  private static ApiException unauthorized(String message) {
    return new ApiException(ErrorType.UNAUTHORIZED, message);
  }
}
