package com.ecohash.ecolink.media;

/**
 * A run of MPEG audio (MP3) or ADTS (AAC) frames, of constant or variable bit rate, several files
 * after each other included. Time is the frames that passed; Xing, Info and VBRI headers promise a
 * number of them, which is not needed: the frame that carries one plays nothing and is left out.
 *
 * <p>Between frames there may be tags and rubbish. A frame after such counts once a second one like
 * it follows where the first says that it ends, since any bytes may look like a head.
 */
final class FramedFormat implements MediaFormat {
  private static final int VBR_HEAD_BYTES = 40;
  private static final int NO_KIND = 0;
  private static final int TAG_BEGINS = 'I';
  private static final int FRAME_BEGINS = 0xff;

  private final FrameHead head = new FrameHead();
  private final FrameTally counted = new FrameTally();
  private int wanted = FrameHead.HEAD_BYTES;

  /** The kind of frame that ended just here; NO_KIND: none did. */
  private int kindBefore = NO_KIND;

  /** The frame that ended here has not been counted: it waits for the next. */
  private boolean waiting;

  private int waitingSamples;
  private int waitingRate;

  @Override
  public int wanted() {
    return wanted;
  }

  @Override
  public long read(byte[] b, int from, int to) {
    if (head.read(b, from)) {
      return frame(b, from);
    }
    if (b[from] == TAG_BEGINS && wanted < Id3Tag.HEAD_BYTES) {
      wanted = Id3Tag.HEAD_BYTES;
      return 0;
    }
    kindBefore = NO_KIND;
    long tag = b[from] == TAG_BEGINS && Id3Tag.isAt(b, from) ? Id3Tag.bytes(b, from) : 0;
    wanted = FrameHead.HEAD_BYTES;
    return tag > 0 ? tag : rubbish(b, from + 1, to) - from;
  }

  /** Until a second frame has come, the very first one counts for what it seems to be. */
  @Override
  public long nanos() {
    if (!counted.isEmpty()) {
      return counted.nanos();
    }
    return waiting && kindBefore != NO_KIND ? PlayTime.nanos(waitingSamples, waitingRate) : UNKNOWN;
  }

  private long frame(byte[] b, int at) {
    if (wanted < VBR_HEAD_BYTES && head.bytes() >= VBR_HEAD_BYTES) {
      wanted = VBR_HEAD_BYTES;
      return 0;
    }
    wanted = FrameHead.HEAD_BYTES;
    int samples = VbrHead.isIn(b, at, head.bytes()) ? 0 : head.samples();
    if (head.kind() == kindBefore) {
      countWaiting();
      counted.add(samples, head.rate());
    } else {
      kindBefore = head.kind();
      waiting = true;
      waitingSamples = samples;
      waitingRate = head.rate();
    }
    return head.bytes();
  }

  private void countWaiting() {
    if (waiting) {
      counted.add(waitingSamples, waitingRate);
      waiting = false;
    }
  }

  private static int rubbish(byte[] b, int from, int to) {
    int at = from;
    while (at < to && b[at] != (byte) FRAME_BEGINS && b[at] != TAG_BEGINS) {
      at++;
    }
    return at;
  }
}
