package com.ecohash.ecolink.api;

import com.ecohash.ecolink.openai.ScannedRequest;
import com.ecohash.ecolink.relay.StoredBody;
import java.util.function.Supplier;

/** A request's body, whole, and what it said. */
record UnifiedRequest(ScannedRequest scanned, StoredBody body) {
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
