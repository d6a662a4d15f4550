package com.ecohash.ecolink.routing;

import java.util.Locale;

/**
 * How real traffic failed at a replica; each counts against the replica. What is not here does not
 * count: a 4xx, a client that went away, a reused connection that died before any byte.
 */
public enum FailureKind {
  /** Refused, no route, or no connection within the connect timeout. */
  CONNECT,
  /** A fresh connection was closed before the answer's head. */
  RESET,
  /** No first byte, or none after it, within the timeout. */
  TIMEOUT,
  /** 500, 502, 503 or 504. */
  BAD_STATUS,
  /** An empty 2xx, a first event that is an error, or bytes that are no HTTP. */
  BAD_ANSWER,
  /** The answer broke off, or reported an error, after its first byte. */
  CUT_OFF;

  /** The name in records and metrics: {@code bad_status}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
