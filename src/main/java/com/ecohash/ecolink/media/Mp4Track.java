package com.ecohash.ecolink.media;

/** How long one track of an MP4 plays. */
final class Mp4Track {
  private static final int SOUND = Bytes.tag("soun");
  private static final int VIDEO = Bytes.tag("vide");

  /** More is a negative number, written by mistake: it happens to last samples. */
  private static final long SAMPLE_TICKS_MAX = Integer.MAX_VALUE;

  private static final long NOWHERE = -1;

  private int id;
  private boolean audioOrVideo;
  private long timescale;
  private long promisedTicks;
  private boolean hasSamples;
  private long sampleTicks;
  private long fragmentTicks;
  private long shownTicks;
  private long shownFrom = NOWHERE;

  void id(int value) {
    id = value;
  }

  int id() {
    return id;
  }

  /** A track may have several, of which one says what its samples are. */
  void handler(int type) {
    audioOrVideo |= type == SOUND || type == VIDEO;
  }

  void timescale(long ticksPerSecond) {
    timescale = ticksPerSecond;
  }

  /** What the track's header says, which matters only without a table of samples. */
  void promise(long ticks) {
    promisedTicks = Math.max(0, ticks);
  }

  /** The track has a table of samples, though it may be empty. */
  void hasSamples() {
    hasSamples = true;
  }

  void samples(long count, long ticks) {
    sampleTicks = PlayTime.sum(sampleTicks, ticks(count, ticks));
  }

  void fragment(long count, long ticks) {
    fragmentTicks = PlayTime.sum(fragmentTicks, ticks(count, ticks));
  }

  /**
   * An edit: a part of the track is shown.
   *
   * @param ticks of the movie, not of the track; 0 if it is open to the end, as before fragments
   * @param from ticks of the track; negative if the edit shows nothing for a while
   */
  void edit(long ticks, long from) {
    if (from >= 0 && ticks >= 0) {
      shownTicks = PlayTime.sum(shownTicks, ticks);
      shownFrom = shownFrom == NOWHERE ? from : shownFrom;
    }
  }

  /**
   * The samples, as far as edits show them: encoders' priming is hidden so. UNKNOWN for what is
   * neither audio nor video, and for what cannot be believed.
   */
  long nanos(long movieTimescale) {
    long ticks = PlayTime.sum(hasSamples ? sampleTicks : promisedTicks, fragmentTicks);
    if (!audioOrVideo || !PlayTime.isSane(ticks, timescale)) {
      return MediaFormat.UNKNOWN;
    }
    boolean openEnd = shownTicks == 0 || fragmentTicks > 0 || movieTimescale <= 0;
    return openEnd
        ? PlayTime.nanos(ticks - Math.max(0, shownFrom), timescale)
        : Math.min(PlayTime.nanos(ticks, timescale), PlayTime.nanos(shownTicks, movieTimescale));
  }

  private static long ticks(long count, long ticks) {
    return ticks > SAMPLE_TICKS_MAX ? 0 : count * ticks;
  }
}
