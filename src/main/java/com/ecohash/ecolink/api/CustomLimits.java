package com.ecohash.ecolink.api;

import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;

/**
 * Limits of the custom path.
 *
 * @param bodyBytesMax of a request; {@link Long#MAX_VALUE} for no limit
 * @param limitKey the configuration key that a refusal names
 */
public record CustomLimits(long bodyBytesMax, String limitKey) {
  /**
   * @param announcedBytes of the body, −1 if it was not announced
   */
  void refuseIfOver(long announcedBytes) {
    if (announcedBytes > bodyBytesMax) {
      throw tooLarge();
    }
  }

  ApiException tooLarge() {
    return new ApiException(
        ErrorType.REQUEST_TOO_LARGE,
        "The request body is larger than "
            + bodyBytesMax
            + " bytes, the limit `"
            + limitKey
            + "`.");
  }
}
