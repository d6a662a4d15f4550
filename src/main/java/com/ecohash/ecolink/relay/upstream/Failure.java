package com.ecohash.ecolink.relay.upstream;

import java.util.Locale;

/** Why a call did not end with a whole answer. */
public enum Failure {
  /** No connection came about: refused, no route, unknown host. Nothing was sent. */
  CONNECT_FAILED,
  /** No connection within the limit. Nothing was sent. */
  CONNECT_TIMEOUT,
  /**
   * A connection from the pool died before any byte of the answer: it says nothing about the
   * container, which may have closed it just before (RFC 9112, section 9.3.1).
   */
  STALE_CONNECTION,
  /** The connection ended before the answer's head was whole. */
  CLOSED_BEFORE_HEAD,
  /** The connection ended, or the framing broke, within the body. */
  CLOSED_IN_BODY,
  /** What came is not HTTP. */
  MALFORMED,
  FIRST_BYTE_TIMEOUT,
  IDLE_TIMEOUT,
  TOTAL_TIMEOUT;

  /** A short word for records and log lines: {@code connect_failed}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean isTimeout() {
    return this == FIRST_BYTE_TIMEOUT || this == IDLE_TIMEOUT || this == TOTAL_TIMEOUT;
  }
}
