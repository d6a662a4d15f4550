package com.ecohash.ecolink.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The logical streams of an Ogg: those that begin together play together, so the longest counts;
 * those that begin after others have played come after them (RFC 3533, section 4).
 */
final class OggStreams {
  /** More of them at a time are not looked at. */
  private static final int STREAMS_MAX = 8;

  private final List<OggStream> together = new ArrayList<>(STREAMS_MAX);
  private boolean recognised;
  private boolean playing;
  private long earlierNanos;

  /** A stream begins; empty: one of no codec that is known here. */
  void begin(Optional<OggStream> stream) {
    if (playing) {
      earlierNanos = PlayTime.atMost(earlierNanos + longest());
      together.clear();
      playing = false;
    }
    if (stream.isPresent() && together.size() < STREAMS_MAX) {
      recognised = true;
      together.add(stream.get());
    }
  }

  /** A page of the stream has passed. */
  void reach(int serial, long granule) {
    playing = true;
    for (OggStream stream : together) {
      if (stream.serial() == serial) {
        stream.reach(granule);
      }
    }
  }

  long nanos() {
    return recognised ? PlayTime.atMost(earlierNanos + longest()) : MediaFormat.UNKNOWN;
  }

  private long longest() {
    long longest = 0;
    for (OggStream stream : together) {
      longest = Math.max(longest, stream.nanos());
    }
    return longest;
  }
}
