package com.ecohash.ecolink.media;

/**
 * Reads one format out of a stream of bytes. It says how many bytes it must see together, is shown
 * them, and says how many have thereby passed; it keeps none of them. What it finds never depends
 * on how the stream was cut: it decides by the {@link #wanted} bytes alone.
 *
 * <p>A reader never throws, whatever the bytes are.
 */
sealed interface MediaFormat
    permits FlacFormat,
        FramedFormat,
        MatroskaFormat,
        Mp4Format,
        OggFormat,
        PcmFormat,
        Sniffer,
        UnknownFormat,
        WavFormat {
  /** The most that a format may want to see together: an Ogg page's head and a packet's. */
  int WANTED_MAX = 512;

  /** Passed: all that will ever come. The format can tell nothing more from this stream. */
  long EVERYTHING = Long.MAX_VALUE;

  /** No time was found, and not because there was none. */
  long UNKNOWN = -1;

  /** How many bytes must be there for the next {@link #read}, 1 to {@link #WANTED_MAX}. */
  int wanted();

  /**
   * Reads what stands at {@code from}.
   *
   * @param to the end of what is there, at least {@link #wanted} bytes after {@code from}
   * @return how many bytes pass, of these and of those to come; 0 if it wants more than it had said
   */
  long read(byte[] b, int from, int to);

  /** Play time so far in nanoseconds, at most {@link PlayTime#LONGEST_NANOS}; or UNKNOWN. */
  long nanos();

  /** Who reads on, mostly this. */
  default MediaFormat successor() {
    return this;
  }
}
