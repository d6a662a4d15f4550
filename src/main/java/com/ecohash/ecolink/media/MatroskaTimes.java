package com.ecohash.ecolink.media;

/**
 * The times of a Matroska stream's blocks. Segments one after the other are summed up. Where no
 * duration is promised the stream may have been joined late: then its first block is the beginning.
 */
final class MatroskaTimes {
  private static final long DEFAULT_SCALE = 1_000_000;
  private static final long NOWHERE = -1;

  private MatroskaTracks tracks = new MatroskaTracks();
  private long scale = DEFAULT_SCALE;
  private double promisedTicks;
  private long clusterTicks;
  private long firstNanos = NOWHERE;
  private long earlierNanos;

  void beginSegment() {
    earlierNanos = Math.max(0, nanos());
    tracks = new MatroskaTracks();
    scale = DEFAULT_SCALE;
    promisedTicks = 0;
    clusterTicks = 0;
    firstNanos = NOWHERE;
  }

  MatroskaTracks tracks() {
    return tracks;
  }

  /** Nanoseconds a tick. */
  void scale(long value) {
    scale = value > 0 && value <= PlayTime.LONGEST_NANOS ? value : DEFAULT_SCALE;
  }

  /** How long the segment says that it is, in ticks. */
  void promise(double ticks) {
    promisedTicks = ticks;
  }

  /** From when the blocks that come are counted. */
  void cluster(long ticks) {
    clusterTicks = ticks;
  }

  void block(long track, short ticks) {
    long at = nanos(clusterTicks, ticks);
    if (at != NOWHERE && tracks.block(track, at)) {
      firstNanos = firstNanos == NOWHERE ? at : Math.min(firstNanos, at);
    }
  }

  /** How long the last block plays. */
  void blockDuration(long ticks) {
    long nanos = nanos(ticks, (short) 0);
    if (nanos != NOWHERE) {
      tracks.blockDuration(nanos);
    }
  }

  long nanos() {
    if (firstNanos == NOWHERE) {
      return earlierNanos == 0 ? MediaFormat.UNKNOWN : earlierNanos;
    }
    long promised = promisedNanos();
    long end = tracks.end();
    if (promised == NOWHERE) {
      return PlayTime.atMost(earlierNanos + end - firstNanos);
    }
    return PlayTime.atMost(earlierNanos + Math.max(Math.min(end, promised), tracks.last()));
  }

  /** The promise only bounds the length of the last block, which is not always said. */
  private long promisedNanos() {
    double nanos = promisedTicks * scale;
    return nanos > 0 && nanos <= PlayTime.LONGEST_NANOS ? (long) nanos : NOWHERE;
  }

  private long nanos(long ticks, short more) {
    boolean sane = ticks >= 0 && ticks <= PlayTime.LONGEST_NANOS / scale;
    return sane ? PlayTime.atMost(Math.max(0, ticks + more) * scale) : NOWHERE;
  }
}
