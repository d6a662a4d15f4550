package com.ecohash.ecolink.media;

import java.util.ArrayList;
import java.util.List;

/** What is known of an MP4's tracks, from its index and the fragments that passed. */
final class Mp4Movie {
  /** What further tracks say is not looked at. */
  private static final int TRACKS_MAX = 32;

  private final List<Mp4Track> tracks = new ArrayList<>();
  private final Mp4Defaults defaults = new Mp4Defaults();

  /** Takes what nobody wants to know. */
  private final Mp4Track nobody = new Mp4Track();

  private long timescale;
  private Mp4Track track = nobody;
  private Mp4Track fragmented = nobody;
  private long sampleDuration;
  private boolean hasFragments;

  /** Ticks a second of what the movie says of its tracks; each has another for its samples. */
  void timescale(long ticksPerSecond) {
    timescale = ticksPerSecond;
  }

  /** A track's description begins. */
  void beginTrack() {
    track = nobody;
    if (tracks.size() < TRACKS_MAX) {
      track = new Mp4Track();
      tracks.add(track);
    }
  }

  /** The track that is being described. */
  Mp4Track track() {
    return track;
  }

  Mp4Defaults defaults() {
    return defaults;
  }

  /** A piece of a track begins; of which one comes after. */
  void beginFragment() {
    hasFragments = true;
    fragmented = nobody;
    sampleDuration = 0;
  }

  void fragmentOf(int trackId) {
    sampleDuration = defaults.get(trackId);
    for (Mp4Track each : tracks) {
      if (each.id() == trackId) {
        fragmented = each;
        return;
      }
    }
  }

  /** How long samples of this fragment play where they do not say it themselves. */
  void fragmentDuration(long ticks) {
    sampleDuration = ticks;
  }

  void fragmentSamples(long count) {
    fragmented.fragment(count, sampleDuration);
  }

  void fragmentSample(long ticks) {
    fragmented.fragment(1, ticks);
  }

  boolean isFragmented() {
    return hasFragments;
  }

  /** Of the longest track; UNKNOWN if there is no track of audio or video. */
  long nanos() {
    long longest = MediaFormat.UNKNOWN;
    for (Mp4Track each : tracks) {
      longest = Math.max(longest, each.nanos(timescale));
    }
    return longest;
  }
}
