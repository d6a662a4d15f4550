package com.ecohash.ecolink.media;

/**
 * FLAC (RFC 9639). Time is the blocks of the frames that passed; the total that STREAMINFO promises
 * is not needed. Frames do not say how long they are, so each is looked for by its mark, and one
 * counts if its number goes on from the last.
 */
final class FlacFormat implements MediaFormat {
  private enum Place {
    MARK,
    BLOCKS,
    FRAMES
  }

  private static final int HEAD_BYTES = 4;
  private static final int STREAM_INFO = 0;
  private static final int STREAM_INFO_BYTES = 34;
  private static final int RATE_AT = 10;
  private static final int FRAME_BEGINS = 0xff;
  private static final int FRAME_MARK_BYTES = 2;

  private final FlacFrame frame = new FlacFrame();
  private final FlacRun run = new FlacRun();
  private Place place = Place.MARK;
  private int wanted = HEAD_BYTES;
  private int rate;

  @Override
  public int wanted() {
    return wanted;
  }

  @Override
  public long read(byte[] b, int from, int to) {
    return switch (place) {
      case MARK -> mark();
      case BLOCKS -> block(b, from);
      case FRAMES -> frames(b, from, to);
    };
  }

  @Override
  public long nanos() {
    return rate == 0 ? UNKNOWN : PlayTime.nanos(run.samples(), rate);
  }

  private long mark() {
    place = Place.BLOCKS;
    return HEAD_BYTES;
  }

  private long block(byte[] b, int at) {
    boolean last = b[at] < 0;
    int size = Bytes.u24(b, at + 1);
    if ((b[at] & 0x7f) == STREAM_INFO && size >= STREAM_INFO_BYTES) {
      if (wanted == HEAD_BYTES) {
        wanted = HEAD_BYTES + STREAM_INFO_BYTES;
        return 0;
      }
      rate = rate(b, at + HEAD_BYTES);
    }
    if (last) {
      place = Place.FRAMES;
    }
    wanted = last ? FRAME_MARK_BYTES : HEAD_BYTES;
    return last && rate == 0 ? EVERYTHING : HEAD_BYTES + size;
  }

  /** The sample rate of a STREAMINFO block, 20 bits; Ogg FLAC has the same block. */
  static int rate(byte[] b, int streamInfoAt) {
    return Bytes.u24(b, streamInfoAt + RATE_AT) >>> 4;
  }

  private long frames(byte[] b, int from, int to) {
    if (b[from] != (byte) FRAME_BEGINS) {
      return Bytes.find(FRAME_BEGINS, b, from, to) - from;
    }
    int head = FlacFrame.headBytes(b, from, wanted);
    if (head > wanted) {
      wanted = head;
      return 0;
    }
    wanted = FRAME_MARK_BYTES;
    if (head == FlacFrame.NONE || !frame.read(b, from, head)) {
      return 1;
    }
    run.add(frame.number(), frame.samples(), frame.nextNumber());
    return head;
  }
}
