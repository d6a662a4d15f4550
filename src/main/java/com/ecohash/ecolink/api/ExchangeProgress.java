package com.ecohash.ecolink.api;

import com.ecohash.ecolink.relay.AttemptFollower;
import com.ecohash.ecolink.relay.ExchangeFollower;
import com.ecohash.ecolink.routing.Lease;
import jakarta.servlet.http.HttpServletResponse;

/**
 * How far an exchange has come, and when: the stages of {@code Server-Timing} (W3C), and the trace.
 * {@code auth} is the key's check; {@code read} the time until the request is there and understood;
 * {@code route} the choice of a replica until the first attempt; {@code failover} the attempts that
 * failed; {@code connect} and {@code ttfb} are the answering attempt's own.
 */
final class ExchangeProgress implements ExchangeFollower {
  private static final int FIELD_CHARS = 128;
  private static final long NANOS_PER_HUNDREDTH = 10_000;

  private final Trace trace;
  private final boolean tellsTimes;
  private final long startedNanos = System.nanoTime();
  private long authenticatedNanos = startedNanos;
  private long routingNanos;
  private long firstAttemptNanos;
  private long lastAttemptNanos;

  /**
   * @param tellsTimes whether the answer says what took how long
   */
  ExchangeProgress(Trace trace, boolean tellsTimes) {
    this.trace = trace;
    this.tellsTimes = tellsTimes;
  }

  /** On {@link System#nanoTime}'s scale. */
  long startedNanos() {
    return startedNanos;
  }

  Trace trace() {
    return trace;
  }

  void authenticated() {
    authenticatedNanos = System.nanoTime();
  }

  @Override
  public void routing() {
    routingNanos = System.nanoTime();
  }

  @Override
  public AttemptFollower attempt(Lease lease) {
    lastAttemptNanos = System.nanoTime();
    if (firstAttemptNanos == 0) {
      firstAttemptNanos = lastAttemptNanos;
    }
    return trace.attempts().apply(lease);
  }

  @Override
  public void answering(HttpServletResponse response, long connectNanos, long firstByteNanos) {
    if (tellsTimes) {
      response.addHeader("Server-Timing", times(connectNanos, firstByteNanos));
    }
  }

  @Override
  public void answeringAfterFailure(HttpServletResponse response) {
    if (tellsTimes) {
      response.addHeader("Server-Timing", stages(System.nanoTime()).toString());
    }
  }

  /** By hand: a formatter would cost more than many a stage. */
  String times(long connectNanos, long firstByteNanos) {
    StringBuilder text = stages(lastAttemptNanos);
    append(text, "connect", connectNanos);
    append(text, "ttfb", firstByteNanos);
    return text.toString();
  }

  /** Those before the attempt that answered, or up to now if none did. */
  StringBuilder stages(long failedUntilNanos) {
    StringBuilder text = new StringBuilder(FIELD_CHARS);
    append(text, "auth", authenticatedNanos - startedNanos);
    append(text, "read", routingNanos - authenticatedNanos);
    boolean attempted = firstAttemptNanos != 0;
    append(text, "route", (attempted ? firstAttemptNanos : failedUntilNanos) - routingNanos);
    if (attempted && failedUntilNanos != firstAttemptNanos) {
      append(text, "failover", failedUntilNanos - firstAttemptNanos);
    }
    return text;
  }

  private static void append(StringBuilder text, String stage, long nanos) {
    long hundredths = Math.max(0, nanos) / NANOS_PER_HUNDREDTH;
    text.append(text.isEmpty() ? "" : ", ").append(stage).append(";dur=").append(hundredths / 100);
    long rest = hundredths % 100;
    text.append(rest < 10 ? ".0" : ".").append(rest);
  }
}
