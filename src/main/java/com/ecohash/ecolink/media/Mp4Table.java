package com.ecohash.ecolink.media;

import java.util.Set;

/**
 * The tables of an MP4 that tell of time, read an entry at a time as they pass: how long the
 * samples of a track ({@code stts}) or of a fragment ({@code trun}) play, and what of them is shown
 * ({@code elst}). The count of entries that a table promises is worth no more than the bytes it
 * has.
 */
final class Mp4Table {
  static final int HEAD_BYTES = 8;

  private static final int SAMPLES = Bytes.tag("stts");
  private static final int EDITS = Bytes.tag("elst");
  private static final int RUN = Bytes.tag("trun");
  private static final Set<Integer> TYPES = Set.of(SAMPLES, EDITS, RUN);
  private static final int SAMPLES_ENTRY_BYTES = 8;
  private static final int EDIT_ENTRY_BYTES = 12;
  private static final int LONG_EDIT_ENTRY_BYTES = 20;
  private static final int RUN_HEAD_FIELDS = 0x5;
  private static final int RUN_ENTRY_FIELDS = 0xf00;
  private static final int RUN_DURATION = 0x100;

  private final Mp4Movie movie;
  private int type;
  private int entryBytes;
  private long entriesLeft;
  private long restBytes;

  Mp4Table(Mp4Movie movie) {
    this.movie = movie;
  }

  static boolean isTable(int type) {
    return TYPES.contains(type);
  }

  boolean isPassing() {
    return entriesLeft > 0;
  }

  int entryBytes() {
    return entryBytes;
  }

  /**
   * A table begins, whose content is so many bytes, of which the first eight are there if it has
   * them.
   *
   * @return how many of them pass: all, or those before the first entry
   */
  long begin(int tableType, byte[] b, int at, long size) {
    if (size < HEAD_BYTES) {
      return size;
    }
    type = tableType;
    long count = Bytes.u32(b, at + 4);
    if (type == RUN) {
      return beginRun(Bytes.u24(b, at + 1), count, size);
    }
    if (type == SAMPLES) {
      movie.track().hasSamples();
      return begin(HEAD_BYTES, SAMPLES_ENTRY_BYTES, count, size);
    }
    return begin(HEAD_BYTES, b[at] == 1 ? LONG_EDIT_ENTRY_BYTES : EDIT_ENTRY_BYTES, count, size);
  }

  /** Reads as many entries as are there, and returns how many bytes pass. */
  long pass(byte[] b, int from, int to) {
    int at = from;
    while (entriesLeft > 0 && to - at >= entryBytes) {
      entry(b, at);
      at += entryBytes;
      entriesLeft--;
    }
    return at - from + (entriesLeft == 0 ? restBytes : 0);
  }

  private long beginRun(int flags, long count, long size) {
    if ((flags & RUN_DURATION) == 0) {
      movie.fragmentSamples(count);
      return size;
    }
    int headBytes = HEAD_BYTES + Integer.BYTES * Integer.bitCount(flags & RUN_HEAD_FIELDS);
    return begin(
        headBytes, Integer.BYTES * Integer.bitCount(flags & RUN_ENTRY_FIELDS), count, size);
  }

  private long begin(int headBytes, int bytesEach, long count, long size) {
    entryBytes = bytesEach;
    entriesLeft = Math.min(count, Math.max(0, size - headBytes) / bytesEach);
    restBytes = size - headBytes - entriesLeft * bytesEach;
    return entriesLeft == 0 ? size : headBytes;
  }

  private void entry(byte[] b, int at) {
    if (type == SAMPLES) {
      movie.track().samples(Bytes.u32(b, at), Bytes.u32(b, at + 4));
    } else if (type == RUN) {
      movie.fragmentSample(Bytes.u32(b, at));
    } else if (entryBytes == EDIT_ENTRY_BYTES) {
      movie.track().edit(Bytes.u32(b, at), Bytes.i32(b, at + 4));
    } else {
      movie.track().edit(Bytes.i64(b, at), Bytes.i64(b, at + 8));
    }
  }
}
