package com.ecohash.ecolink.media;

/** Play time in whole nanoseconds, from counts of ticks; never negative, never above a maximum. */
final class PlayTime {
  /** A thousand hours: longer than anything that one request carries. */
  static final long LONGEST_NANOS = 1000 * 3600 * 1_000_000_000L;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long LONGEST_SECONDS = LONGEST_NANOS / NANOS_PER_SECOND;

  private PlayTime() {}

  /** Of so many ticks at so many a second, and zero if either says nothing. */
  static long nanos(long ticks, long ticksPerSecond) {
    if (ticks <= 0 || ticksPerSecond <= 0) {
      return 0;
    }
    long seconds = Math.min(ticks / ticksPerSecond, LONGEST_SECONDS);
    double rest = (double) (ticks % ticksPerSecond) / ticksPerSecond;
    return atMost(seconds * NANOS_PER_SECOND + (long) (rest * NANOS_PER_SECOND));
  }

  /** Whether a count may be believed: it is none of the longer ones, nor negative. */
  static boolean isSane(long ticks, long ticksPerSecond) {
    return ticks >= 0 && ticksPerSecond > 0 && ticks / ticksPerSecond < LONGEST_SECONDS;
  }

  /** The sum of two counts or times that are not negative, without overflow. */
  static long sum(long first, long second) {
    return second > Long.MAX_VALUE - first ? Long.MAX_VALUE : first + second;
  }

  static long atMost(long nanos) {
    return Math.min(nanos, LONGEST_NANOS);
  }
}
