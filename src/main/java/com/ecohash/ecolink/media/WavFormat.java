package com.ecohash.ecolink.media;

/**
 * RIFF WAVE (Microsoft's Multimedia Programming Interface 1.0), RF64 and BW64 (EBU Tech 3306). Time
 * is the bytes of {@code data} that passed by the byte rate of {@code fmt}. A {@code data} chunk of
 * length 0 or 0xFFFFFFFF has no known length, as in streams: it reaches to the end. WAVs one after
 * the other are summed up.
 */
final class WavFormat implements MediaFormat {
  private static final int RIFF = Bytes.tag("RIFF");
  private static final int RF64 = Bytes.tag("RF64");
  private static final int BW64 = Bytes.tag("BW64");
  private static final int DS64 = Bytes.tag("ds64");
  private static final int FMT = Bytes.tag("fmt ");
  private static final int DATA = Bytes.tag("data");
  private static final int RIFF_BYTES = 12;
  private static final int HEAD_BYTES = 8;
  private static final int DS64_BYTES = 16;
  private static final long IN_DS64 = 0xffffffffL;

  private int wanted = HEAD_BYTES;
  private long bytesPerSecond;
  private long longDataBytes;
  private long dataLeft;
  private boolean oddData;
  private long dataBytes;
  private long earlierNanos;

  @Override
  public int wanted() {
    return dataLeft > 0 ? 1 : wanted;
  }

  @Override
  public long read(byte[] b, int from, int to) {
    return dataLeft > 0 ? data(to - from) : chunk(b, from);
  }

  @Override
  public long nanos() {
    return bytesPerSecond == 0 && earlierNanos == 0
        ? UNKNOWN
        : PlayTime.atMost(earlierNanos + PlayTime.nanos(dataBytes, bytesPerSecond));
  }

  private long data(int there) {
    long passed = Math.min(dataLeft, there);
    dataLeft -= passed;
    dataBytes += passed;
    return dataLeft == 0 && oddData ? passed + 1 : passed;
  }

  private long chunk(byte[] b, int at) {
    int id = Bytes.i32(b, at);
    long size = Bytes.u32Little(b, at + 4);
    if (id == RIFF || id == RF64 || id == BW64) {
      begin();
      return RIFF_BYTES;
    }
    if (id == DATA) {
      beginData(size);
      return HEAD_BYTES;
    }
    int needed = neededBytes(id, size);
    if (wanted < HEAD_BYTES + needed) {
      wanted = HEAD_BYTES + needed;
      return 0;
    }
    wanted = HEAD_BYTES;
    if (needed > 0) {
      fields(id, b, at + HEAD_BYTES, needed);
    }
    return HEAD_BYTES + size + (size & 1);
  }

  private static int neededBytes(int id, long size) {
    if (id == FMT && size >= WavByteRate.BYTES_MIN) {
      return (int) Math.min(size, WavByteRate.BYTES_MAX);
    }
    return id == DS64 && size >= DS64_BYTES ? DS64_BYTES : 0;
  }

  private void begin() {
    earlierNanos = Math.max(0, nanos());
    bytesPerSecond = 0;
    longDataBytes = 0;
    dataBytes = 0;
  }

  private void beginData(long size) {
    long known = size == IN_DS64 ? longDataBytes : size;
    dataLeft = known > 0 ? known : EVERYTHING;
    oddData = (known & 1) != 0;
  }

  private void fields(int id, byte[] b, int at, int length) {
    if (id == FMT) {
      bytesPerSecond = WavByteRate.of(b, at, length);
    } else {
      longDataBytes = Bytes.i64Little(b, at + 8);
    }
  }
}
