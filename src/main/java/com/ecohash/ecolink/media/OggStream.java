package com.ecohash.ecolink.media;

import java.util.Optional;

/** One logical stream of an Ogg, whose granule positions are samples at a rate. */
final class OggStream {
  /** As much of the first packet as any codec's rate needs. */
  static final int CODEC_BYTES = 40;

  private static final long NOWHERE = -1;
  private static final int OPUS_RATE = 48_000;
  private static final int OPUS_BYTES = 19;
  private static final int OPUS = Bytes.tag("Opus");
  private static final int OPUS_HEAD = Bytes.tag("Head");
  private static final int VORBIS_BYTES = 30;
  private static final int VORBIS = Bytes.tag("\u0001vor");
  private static final int FLAC = Bytes.tag("\u007fFLA");
  private static final int FLAC_STREAM_INFO_AT = 17;
  private static final int SPEEX = Bytes.tag("Spee");

  /** A page holds 255 packets of 120 ms at most: what begins later than that was joined late. */
  private static final int PAGE_SECONDS_MAX = 31;

  private final int serial;
  private final long rate;
  private final long preSkip;
  private long start = NOWHERE;
  private long end;

  private OggStream(int serial, long rate, long preSkip) {
    this.serial = serial;
    this.rate = rate;
    this.preSkip = preSkip;
  }

  /**
   * By the first packet, of which so many bytes are there: Opus (RFC 7845, 5.1), Vorbis I (4.2.2),
   * FLAC (RFC 9639, 10.1), Speex.
   */
  static Optional<OggStream> of(int serial, byte[] b, int at, int length) {
    int mark = length < Integer.BYTES ? 0 : Bytes.i32(b, at);
    if (mark == OPUS && length >= OPUS_BYTES && Bytes.i32(b, at + 4) == OPUS_HEAD) {
      return Optional.of(new OggStream(serial, OPUS_RATE, Bytes.u16Little(b, at + 10)));
    }
    if (mark == VORBIS && length >= VORBIS_BYTES) {
      return ofRate(serial, Bytes.u32Little(b, at + 12));
    }
    if (length < CODEC_BYTES) {
      return Optional.empty();
    }
    return mark == FLAC
        ? ofRate(serial, FlacFormat.rate(b, at + FLAC_STREAM_INFO_AT))
        : mark == SPEEX ? ofRate(serial, Bytes.u32Little(b, at + 36)) : Optional.empty();
  }

  private static Optional<OggStream> ofRate(int serial, long rate) {
    return rate > 0 ? Optional.of(new OggStream(serial, rate, 0)) : Optional.empty();
  }

  int serial() {
    return serial;
  }

  /** The granule position of a page that passed; negative where no packet ends on it. */
  void reach(long granule) {
    if (granule <= 0 || !PlayTime.isSane(granule, rate)) {
      return;
    }
    if (start == NOWHERE) {
      start = granule > PAGE_SECONDS_MAX * rate ? granule : preSkip;
    }
    end = Math.max(end, granule);
  }

  long nanos() {
    return start == NOWHERE ? 0 : PlayTime.nanos(end - start, rate);
  }
}
