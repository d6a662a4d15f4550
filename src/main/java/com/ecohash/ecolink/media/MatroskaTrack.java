package com.ecohash.ecolink.media;

/** One track of a Matroska segment, and when its last block begins and ends. */
final class MatroskaTrack {
  private static final int VIDEO = 1;
  private static final int AUDIO = 2;
  private static final long NOWHERE = -1;

  /** A last block whose length is guessed does not play longer: the guess may be a pause. */
  private static final long LAST_NANOS_MAX = 1_000_000_000L;

  private long number = NOWHERE;
  private long type;
  private long frameNanos;
  private long last = NOWHERE;
  private long lastNanos;
  private long gap;

  void number(long value) {
    number = value;
  }

  void type(long value) {
    type = value;
  }

  /** How long each frame plays, if it is constant and said. */
  void frameNanos(long value) {
    frameNanos = value;
  }

  long number() {
    return number;
  }

  boolean isAudioOrVideo() {
    return type == VIDEO || type == AUDIO;
  }

  /** A block begins. Those of video may come in another order than they are shown. */
  void block(long nanos) {
    if (last != NOWHERE && nanos > last) {
      gap = nanos - last;
    }
    last = Math.max(last, nanos);
    lastNanos = 0;
  }

  void blockDuration(long nanos) {
    lastNanos = nanos;
  }

  long last() {
    return last;
  }

  long end() {
    long length = lastNanos > 0 ? lastNanos : frameNanos > 0 ? frameNanos : gap;
    return last == NOWHERE ? 0 : last + Math.min(length, LAST_NANOS_MAX);
  }
}
