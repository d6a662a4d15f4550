package com.ecohash.ecolink.media;

import java.util.ArrayList;
import java.util.List;

/** The tracks of a segment. Those that are neither audio nor video have no say in its length. */
final class MatroskaTracks {
  /** What further tracks say is not looked at. */
  private static final int TRACKS_MAX = 32;

  private final List<MatroskaTrack> tracks = new ArrayList<>();
  private MatroskaTrack described = new MatroskaTrack();
  private MatroskaTrack playing = described;

  void begin() {
    described = new MatroskaTrack();
    if (tracks.size() < TRACKS_MAX) {
      tracks.add(described);
    }
  }

  /** The track whose entry is being read. */
  MatroskaTrack described() {
    return described;
  }

  /** A block begins; false if it does not count. */
  boolean block(long number, long nanos) {
    playing = find(number);
    if (!playing.isAudioOrVideo()) {
      return false;
    }
    playing.block(nanos);
    return true;
  }

  void blockDuration(long nanos) {
    playing.blockDuration(nanos);
  }

  /** When the last block begins. */
  long last() {
    long last = 0;
    for (MatroskaTrack track : tracks) {
      last = Math.max(last, track.last());
    }
    return last;
  }

  /** When the last block ends. */
  long end() {
    long end = 0;
    for (MatroskaTrack track : tracks) {
      end = Math.max(end, track.end());
    }
    return end;
  }

  private MatroskaTrack find(long number) {
    for (MatroskaTrack track : tracks) {
      if (track.number() == number) {
        return track;
      }
    }
    return new MatroskaTrack();
  }
}
