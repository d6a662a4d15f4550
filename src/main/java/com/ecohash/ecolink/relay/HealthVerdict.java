package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.relay.upstream.Failure;
import com.ecohash.ecolink.routing.FailureKind;
import com.ecohash.ecolink.routing.Lease;

/** Ends an attempt's lease with what its end says of the replica's health (SPEC 2.3). */
public final class HealthVerdict {
  private HealthVerdict() {}

  /** The client got the replica's answer: a 4xx of it is the client's affair. */
  public static void answered(Lease lease, int status, boolean reportedError) {
    if (status >= 500) {
      lease.failed(FailureKind.BAD_STATUS);
    } else if (status >= 400) {
      lease.neutral();
    } else if (reportedError) {
      lease.failed(FailureKind.CUT_OFF);
    } else {
      lease.succeeded();
    }
  }

  /** The replica's answer was kept from the client. */
  static void held(Lease lease, int status) {
    lease.failed(status >= 500 ? FailureKind.BAD_STATUS : FailureKind.BAD_ANSWER);
  }

  public static void failed(Lease lease, Failure failure) {
    if (failure == Failure.OVERLOADED
        || failure == Failure.REFUSED_STREAM
        || failure == Failure.STALE_CONNECTION) {
      lease.neutral(); // says nothing about the replica
    } else {
      lease.failed(kind(failure));
    }
  }

  private static FailureKind kind(Failure failure) {
    return switch (failure) {
      case CONNECT_FAILED, CONNECT_TIMEOUT, OVERLOADED -> FailureKind.CONNECT;
      case CLOSED_BEFORE_HEAD, STALE_CONNECTION, REFUSED_STREAM -> FailureKind.RESET;
      case CLOSED_IN_BODY -> FailureKind.CUT_OFF;
      case MALFORMED, HEAD_TOO_LARGE, ANSWER_TOO_LARGE -> FailureKind.BAD_ANSWER;
      case FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, TOTAL_TIMEOUT -> FailureKind.TIMEOUT;
    };
  }

  /** The client left; SDKs do at an event that reports an error. */
  static void abandoned(Lease lease, boolean reportedError) {
    if (reportedError) {
      lease.failed(FailureKind.CUT_OFF);
    } else {
      lease.neutral();
    }
  }
}
