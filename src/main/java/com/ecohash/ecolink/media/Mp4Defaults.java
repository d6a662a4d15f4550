package com.ecohash.ecolink.media;

/** How long the samples of each track play where its fragments do not say ({@code trex}). */
final class Mp4Defaults {
  private static final int TRACKS_MAX = 32;

  private final int[] ids = new int[TRACKS_MAX];
  private final long[] ticks = new long[TRACKS_MAX];
  private int size;

  void put(int trackId, long sampleTicks) {
    if (size < TRACKS_MAX) {
      ids[size] = trackId;
      ticks[size++] = sampleTicks;
    }
  }

  long get(int trackId) {
    for (int i = 0; i < size; i++) {
      if (ids[i] == trackId) {
        return ticks[i];
      }
    }
    return 0;
  }
}
