package com.ecohash.ecolink.media;

/**
 * WebM and Matroska (RFC 9559, RFC 8794), recordings of unknown size included. Identifiers say at
 * which level they stand, so the tree is read as a flat list: what may hold something of interest
 * is entered, whatever its size, and all else is skipped; nothing nests, nothing is kept.
 */
final class MatroskaFormat implements MediaFormat {
  private static final int SEGMENT = 0x18538067;
  private static final int INFO = 0x1549A966;
  private static final int TIMESTAMP_SCALE = 0x2AD7B1;
  private static final int DURATION = 0x4489;
  private static final int TRACKS = 0x1654AE6B;
  private static final int TRACK_ENTRY = 0xAE;
  private static final int TRACK_NUMBER = 0xD7;
  private static final int TRACK_TYPE = 0x83;
  private static final int DEFAULT_DURATION = 0x23E383;
  private static final int CLUSTER = 0x1F43B675;
  private static final int TIMESTAMP = 0xE7;
  private static final int SIMPLE_BLOCK = 0xA3;
  private static final int BLOCK_GROUP = 0xA0;
  private static final int BLOCK = 0xA1;
  private static final int BLOCK_DURATION = 0x9B;

  private static final int ELEMENT_BYTES_MIN = 2;
  private static final int ID_BYTES_MAX = 4;
  private static final int NUMBER_BYTES_MAX = 8;
  private static final int BLOCK_HEAD_BYTES_MAX = NUMBER_BYTES_MAX + Short.BYTES;

  private final MatroskaTimes times = new MatroskaTimes();
  private int wanted = ELEMENT_BYTES_MIN;

  @Override
  public int wanted() {
    return wanted;
  }

  @Override
  public long read(byte[] b, int from, int to) {
    int idBytes = Vint.bytes(b[from]);
    if (idBytes > ID_BYTES_MAX) {
      return EVERYTHING;
    }
    if (lacks(idBytes + 1)) {
      return 0;
    }
    int headBytes = idBytes + Vint.bytes(b[from + idBytes]);
    if (lacks(headBytes)) {
      return 0;
    }
    long size = Vint.value(b, from + idBytes);
    long passed =
        element((int) Vint.marked(b, from, idBytes), size, b, from + headBytes, headBytes);
    if (passed > 0) {
      wanted = ELEMENT_BYTES_MIN;
    }
    return passed;
  }

  @Override
  public long nanos() {
    return times.nanos();
  }

  private boolean lacks(int bytes) {
    if (wanted >= bytes) {
      return false;
    }
    wanted = bytes;
    return true;
  }

  private long element(int id, long size, byte[] b, int at, int headBytes) {
    switch (id) {
      case SEGMENT -> times.beginSegment();
      case TRACK_ENTRY -> times.tracks().begin();
      case INFO, TRACKS, CLUSTER, BLOCK_GROUP -> {}
      default -> {
        return leaf(id, size, b, at, headBytes);
      }
    }
    return headBytes;
  }

  private long leaf(int id, long size, byte[] b, int at, int headBytes) {
    if (size == Vint.UNKNOWN) {
      return EVERYTHING;
    }
    int needed = neededBytes(id, size);
    if (lacks(headBytes + needed)) {
      return 0;
    }
    if (id == SIMPLE_BLOCK || id == BLOCK) {
      block(b, at, needed);
    } else if (needed > 0) {
      number(id, b, at, needed);
    }
    return headBytes + size;
  }

  private static int neededBytes(int id, long size) {
    return switch (id) {
      case SIMPLE_BLOCK, BLOCK -> (int) Math.min(size, BLOCK_HEAD_BYTES_MAX);
      case TIMESTAMP_SCALE,
          DURATION,
          TRACK_NUMBER,
          TRACK_TYPE,
          DEFAULT_DURATION,
          TIMESTAMP,
          BLOCK_DURATION ->
          size <= NUMBER_BYTES_MAX ? (int) size : 0;
      default -> 0;
    };
  }

  private void block(byte[] b, int at, int length) {
    int trackBytes = length == 0 ? BLOCK_HEAD_BYTES_MAX : Vint.bytes(b[at]);
    if (trackBytes + Short.BYTES <= length) {
      times.block(Vint.value(b, at), (short) Bytes.u16(b, at + trackBytes));
    }
  }

  private void number(int id, byte[] b, int at, int length) {
    long value = Vint.marked(b, at, length);
    switch (id) {
      case TIMESTAMP_SCALE -> times.scale(value);
      case DURATION ->
          times.promise(length == Float.BYTES ? floatOf(value) : Double.longBitsToDouble(value));
      case TRACK_NUMBER -> times.tracks().described().number(value);
      case TRACK_TYPE -> times.tracks().described().type(value);
      case DEFAULT_DURATION -> times.tracks().described().frameNanos(value);
      case TIMESTAMP -> times.cluster(value);
      default -> times.blockDuration(value);
    }
  }

  private static double floatOf(long bits) {
    return Float.intBitsToFloat((int) bits);
  }
}
