package com.ecohash.ecolink.relay.upstream;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a call did not end with a whole answer. */
public enum Failure {
  /** No connection came about: refused, no route, unknown host. Nothing was sent. */
  CONNECT_FAILED,
  /** No connection within the limit. Nothing was sent. */
  CONNECT_TIMEOUT("ecolink.upstream.connect-timeout"),
  /**
   * A connection from the pool died before any byte of the answer: it says nothing about the
   * container, which may have closed it just before (RFC 9112, section 9.3.1).
   */
  STALE_CONNECTION,
  /**
   * The container says that it has done nothing with the request: its stream was refused, or came
   * after the last one that the container still serves (RFC 9113, section 8.7).
   */
  REFUSED_STREAM,
  /** The gateway itself has too many calls to the endpoint under way. Nothing was sent. */
  OVERLOADED("ecolink.custom.connections"),
  /** The connection ended before the answer's head was whole. */
  CLOSED_BEFORE_HEAD,
  /** The connection ended, or the framing broke, within the body. */
  CLOSED_IN_BODY,
  /** What came is not HTTP. */
  MALFORMED,
  /** The answer's head is longer than the limit. */
  HEAD_TOO_LARGE("ecolink.upstream.head-max"),
  /** An answer that was to be kept until another region has a better one is longer than that. */
  ANSWER_TOO_LARGE("ecolink.limits.held-answer"),
  FIRST_BYTE_TIMEOUT("ecolink.upstream.first-byte-timeout"),
  IDLE_TIMEOUT("ecolink.upstream.idle-timeout"),
  TOTAL_TIMEOUT("ecolink.upstream.total-timeout");

  private final @Nullable String limitKey;

  Failure() {
    this(null);
  }

  Failure(@Nullable String limitKey) {
    this.limitKey = limitKey;
  }

  /** A short word for records and log lines: {@code connect_failed}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The word, and the configuration key of the limit that was passed, if one was. */
  public String sentence() {
    return limit().map(key -> word() + ", limit `" + key + "`").orElseGet(this::word);
  }

  /** The configuration key of the limit that was passed. */
  public Optional<String> limit() {
    return Optional.ofNullable(limitKey);
  }

  public boolean isTimeout() {
    return this == FIRST_BYTE_TIMEOUT || this == IDLE_TIMEOUT || this == TOTAL_TIMEOUT;
  }
}
