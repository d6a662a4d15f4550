package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.relay.upstream.Failure;
import com.ecohash.ecolink.routing.FailureKind;

/** What the failure of a call says about the replica that was called. */
final class Blame {
  private Blame() {}

  static FailureKind of(Failure failure) {
    return switch (failure) {
      case CONNECT_FAILED, CONNECT_TIMEOUT -> FailureKind.CONNECT;
      case CLOSED_BEFORE_HEAD, STALE_CONNECTION -> FailureKind.RESET;
      case CLOSED_IN_BODY -> FailureKind.CUT_OFF;
      case MALFORMED, HEAD_TOO_LARGE, ANSWER_TOO_LARGE -> FailureKind.BAD_ANSWER;
      case FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, TOTAL_TIMEOUT -> FailureKind.TIMEOUT;
    };
  }
}
