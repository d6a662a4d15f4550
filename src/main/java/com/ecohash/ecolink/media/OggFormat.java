package com.ecohash.ecolink.media;

/**
 * Ogg (RFC 3533). Time is the granule position of the last whole page, less where the stream
 * begins. Lost, the reader looks for the next page's mark; checksums are not verified.
 */
final class OggFormat implements MediaFormat {
  private static final int MARK = Bytes.tag("OggS");
  private static final int MARK_BEGINS = 'O';
  private static final int HEAD_BYTES = 27;
  private static final int FLAGS_AT = 5;
  private static final int GRANULE_AT = 6;
  private static final int SERIAL_AT = 14;
  private static final int SEGMENTS_AT = 26;
  private static final int BEGINS_FLAG = 2;

  private final OggStreams streams = new OggStreams();
  private int wanted = HEAD_BYTES;
  private long bodyLeft;
  private int serial;
  private long granule;
  private boolean timed;

  @Override
  public int wanted() {
    return bodyLeft > 0 ? 1 : wanted;
  }

  @Override
  public long read(byte[] b, int from, int to) {
    if (bodyLeft > 0) {
      return body(to - from);
    }
    return Bytes.i32(b, from) == MARK
        ? page(b, from)
        : Bytes.find(MARK_BEGINS, b, from + 1, to) - from;
  }

  @Override
  public long nanos() {
    return streams.nanos();
  }

  private long page(byte[] b, int at) {
    int headBytes = HEAD_BYTES + Bytes.u8(b, at + SEGMENTS_AT);
    if (wanted < headBytes) {
      wanted = headBytes;
      return 0;
    }
    int bodyBytes = bodyBytes(b, at + HEAD_BYTES, at + headBytes);
    boolean begins = (b[at + FLAGS_AT] & BEGINS_FLAG) != 0;
    int codecBytes = begins ? Math.min(bodyBytes, OggStream.CODEC_BYTES) : 0;
    if (wanted < headBytes + codecBytes) {
      wanted = headBytes + codecBytes;
      return 0;
    }
    wanted = HEAD_BYTES;
    serial = Bytes.i32(b, at + SERIAL_AT);
    granule = Bytes.i64Little(b, at + GRANULE_AT);
    if (begins) {
      streams.begin(OggStream.of(serial, b, at + headBytes, codecBytes));
    }
    timed = !begins;
    bodyLeft = bodyBytes;
    endPage();
    return headBytes;
  }

  private long body(int there) {
    long passed = Math.min(bodyLeft, there);
    bodyLeft -= passed;
    endPage();
    return passed;
  }

  /** The page's time has passed with its last byte. */
  private void endPage() {
    if (bodyLeft == 0 && timed) {
      streams.reach(serial, granule);
    }
  }

  private static int bodyBytes(byte[] b, int from, int to) {
    int bytes = 0;
    for (int at = from; at < to; at++) {
      bytes += Bytes.u8(b, at);
    }
    return bytes;
  }
}
