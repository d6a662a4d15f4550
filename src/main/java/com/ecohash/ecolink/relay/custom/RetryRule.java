package com.ecohash.ecolink.relay.custom;

import java.util.Set;

/** What the method of a request says about sending it. */
final class RetryRule {
  /** RFC 9110, section 9.2.2: sent twice they do what they do once. */
  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

  private static final Set<String> USUALLY_WITHOUT_BODY =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "DELETE");

  private RetryRule() {}

  static boolean isIdempotent(String method) {
    return IDEMPOTENT.contains(method);
  }

  static boolean isUsuallyWithoutBody(String method) {
    return USUALLY_WITHOUT_BODY.contains(method);
  }
}
