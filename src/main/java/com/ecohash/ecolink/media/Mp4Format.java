package com.ecohash.ecolink.media;

import java.util.Optional;
import java.util.Set;

/**
 * MP4, M4A, MOV (ISO 14496-12), with the index before or after the media, or in fragments. Boxes
 * that hold others on the way to what tells of time are entered, at most eight deep; media and all
 * else is skipped; tables are read an entry at a time.
 */
final class Mp4Format implements MediaFormat {
  private static final int TRACK = Bytes.tag("trak");
  private static final int TRACK_FRAGMENT = Bytes.tag("traf");
  private static final int MEDIA = Bytes.tag("mdat");
  private static final Set<Integer> CONTAINERS =
      Set.of(
          Bytes.tag("moov"),
          TRACK,
          Bytes.tag("edts"),
          Bytes.tag("mdia"),
          Bytes.tag("minf"),
          Bytes.tag("stbl"),
          Bytes.tag("mvex"),
          Bytes.tag("moof"),
          TRACK_FRAGMENT);
  private static final int DEPTH_MAX = 8;
  private static final int HEAD_BYTES = 8;
  private static final int LONG_HEAD_BYTES = 16;
  private static final int TO_THE_END = 0;
  private static final int IS_LONG = 1;

  private final Mp4Movie movie = new Mp4Movie();
  private final Mp4Table table = new Mp4Table(movie);
  private final Mp4MediaData media = new Mp4MediaData();

  /** Where the boxes end that were entered, the stream itself first. */
  private final long[] ends = new long[DEPTH_MAX + 1];

  private int depth;
  private long at;
  private int wanted = HEAD_BYTES;

  Mp4Format() {
    ends[0] = EVERYTHING;
  }

  @Override
  public int wanted() {
    return table.isPassing() ? table.entryBytes() : media.isPassing() ? 1 : wanted;
  }

  @Override
  public long read(byte[] b, int from, int to) {
    long passed =
        table.isPassing()
            ? table.pass(b, from, to)
            : media.isPassing() ? media.pass(to - from) : box(b, from);
    if (passed > 0) {
      wanted = HEAD_BYTES;
    }
    at = PlayTime.sum(at, passed);
    while (depth > 0 && at >= ends[depth]) {
      depth--;
    }
    return passed;
  }

  @Override
  public long nanos() {
    long nanos = movie.nanos();
    return nanos == UNKNOWN || movie.isFragmented() ? nanos : media.share(nanos);
  }

  private long box(byte[] b, int from) {
    long size = Bytes.u32(b, from);
    int headBytes = size == IS_LONG ? LONG_HEAD_BYTES : HEAD_BYTES;
    if (lacks(headBytes)) {
      return 0;
    }
    long room = ends[depth] - at;
    long all = size == TO_THE_END ? room : size == IS_LONG ? Bytes.i64(b, from + HEAD_BYTES) : size;
    if (all < headBytes || room < headBytes) {
      return room;
    }
    return box(Bytes.i32(b, from + 4), b, from + headBytes, headBytes, Math.min(all, room));
  }

  private long box(int type, byte[] b, int from, int headBytes, long size) {
    if (CONTAINERS.contains(type) && depth < DEPTH_MAX) {
      enter(type, at + size);
      return headBytes;
    }
    if (type == MEDIA) {
      media.begin(size - headBytes, size == EVERYTHING - at);
      return headBytes;
    }
    if (Mp4Table.isTable(type)) {
      return table(type, b, from, headBytes, size);
    }
    Optional<Mp4Header> header = Mp4Header.of(type);
    return header.isPresent() ? header(header.get(), b, from, headBytes, size) : size;
  }

  private long header(Mp4Header header, byte[] b, int from, int headBytes, long size) {
    int needed = header.bytes(size - headBytes);
    if (lacks(headBytes + needed)) {
      return 0;
    }
    header.read(movie, b, from, needed);
    return size;
  }

  private long table(int type, byte[] b, int from, int headBytes, long size) {
    int needed = (int) Math.min(size - headBytes, Mp4Table.HEAD_BYTES);
    return lacks(headBytes + needed) ? 0 : headBytes + table.begin(type, b, from, size - headBytes);
  }

  private boolean lacks(int bytes) {
    if (wanted >= bytes) {
      return false;
    }
    wanted = bytes;
    return true;
  }

  private void enter(int type, long end) {
    ends[++depth] = end;
    if (type == TRACK) {
      movie.beginTrack();
    } else if (type == TRACK_FRAGMENT) {
      movie.beginFragment();
    }
  }
}
