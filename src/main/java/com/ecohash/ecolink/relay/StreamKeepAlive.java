package com.ecohash.ecolink.relay;

import java.time.Duration;

/**
 * When a stream that has fallen silent gets a comment, so that connections on the way are not taken
 * for dead, and a client that has gone is noticed. A write to a client that has gone succeeds, and
 * only the next one fails; where the server does not tell by itself, each comment is therefore
 * followed by another one at the next look.
 */
final class StreamKeepAlive {
  private final long everyNanos;
  private final boolean twice;
  private long lastSilentNanos;
  private long dueAtNanos;
  private boolean again;

  /**
   * @param every zero for never
   */
  StreamKeepAlive(Duration every, boolean twice) {
    this.everyNanos = every.toNanos();
    this.twice = twice;
    this.dueAtNanos = everyNanos;
  }

  /**
   * Asked now and then while nothing comes; true means that the asker writes one.
   *
   * @param silentNanos since the last byte; less than the last time if bytes have come
   */
  boolean isDue(long silentNanos) {
    if (everyNanos == 0) {
      return false;
    }
    if (silentNanos < lastSilentNanos) {
      dueAtNanos = everyNanos;
      again = false;
    }
    lastSilentNanos = silentNanos;
    boolean due = again || silentNanos >= dueAtNanos;
    if (silentNanos >= dueAtNanos) {
      dueAtNanos = silentNanos + everyNanos;
      again = twice;
    } else {
      again = false;
    }
    return due;
  }
}
