package com.ecohash.ecolink.media;

/**
 * What the head of one frame says, of MPEG audio or of AAC in ADTS: both begin with eleven ones.
 */
final class FrameHead {
  /** The shortest head's length, which no frame falls short of. */
  static final int HEAD_BYTES = 7;

  private static final int MARK = 0xffe00000;
  private static final int LAYER = 0x00060000;

  private int bytes;
  private int samples;
  private int rate;
  private int kind;

  /** Whether a frame may begin here. */
  static boolean isFrame(byte[] b, int at) {
    return new FrameHead().read(b, at);
  }

  /** Reads the head that stands here; false, and nothing changed, if it is none. */
  boolean read(byte[] b, int at) {
    int head = Bytes.i32(b, at);
    if ((head & MARK) != MARK) {
      return false;
    }
    return (head & LAYER) == 0 ? readAdts(b, at, head) : readMpeg(head);
  }

  /** The whole frame's length, head included. */
  int bytes() {
    return bytes;
  }

  /** Samples of each channel. */
  int samples() {
    return samples;
  }

  int rate() {
    return rate;
  }

  /** What stays the same from one frame of a stream to the next. */
  int kind() {
    return kind;
  }

  private boolean readMpeg(int head) {
    if (!MpegHead.isValid(head)) {
      return false;
    }
    bytes = MpegHead.bytes(head);
    samples = MpegHead.samples(head);
    rate = MpegHead.rate(head);
    kind = MpegHead.kind(head);
    return true;
  }

  private boolean readAdts(byte[] b, int at, int head) {
    if (!AdtsHead.isValid(b, at)) {
      return false;
    }
    bytes = AdtsHead.bytes(b, at);
    samples = AdtsHead.samples(b, at);
    rate = AdtsHead.rate(head);
    kind = AdtsHead.kind(head);
    return true;
  }
}
