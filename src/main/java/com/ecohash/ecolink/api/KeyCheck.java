package com.ecohash.ecolink.api;

import com.ecohash.ecolink.access.ApiKey;
import com.ecohash.ecolink.access.ApiKeyText;
import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.access.Scope;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Checks the key of a request to the data plane (SPEC 2.1): from memory alone. */
public final class KeyCheck {
  private static final String SCHEME = "Bearer ";

  private final CurrentCatalog catalog;
  private final Clock clock;

  public KeyCheck(CurrentCatalog catalog, Clock clock) {
    this.catalog = catalog;
    this.clock = clock;
  }

  /**
   * The key that the request carries.
   *
   * @throws ApiException 401 if there is none in force, 403 if it is not for the data plane
   */
  ApiKey require(HttpServletRequest request) {
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
