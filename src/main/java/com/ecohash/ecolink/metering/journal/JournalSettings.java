package com.ecohash.ecolink.metering.journal;

import java.nio.file.Path;

/**
 * Where the journal lies and how large it may grow.
 *
 * @param folder of this process alone; made if it is missing
 * @param segmentBytes size of one segment file, made whole in advance
 * @param bytesMax of all segments together; when they are full, no exchange begins
 */
public record JournalSettings(Path folder, int segmentBytes, long bytesMax) {
  static final int SEGMENT_BYTES_MIN = 64 << 10;
  private static final int SEGMENT_BYTES_MAX = 1 << 30;
  private static final int SEGMENT_BYTES_DEFAULT = 16 << 20;
  private static final long BYTES_MAX_DEFAULT = 1L << 30;
  private static final int SEGMENTS_MIN = 4;

  public JournalSettings {
    if (segmentBytes < SEGMENT_BYTES_MIN
        || segmentBytes > SEGMENT_BYTES_MAX
        || segmentBytes % 4096 != 0) {
      throw new IllegalArgumentException(
          "a journal segment has 64 KiB to 1 GiB, in steps of 4 KiB: " + segmentBytes);
    }
    if (bytesMax < (long) SEGMENTS_MIN * segmentBytes) {
      throw new IllegalArgumentException(
          "the journal needs room for 4 segments at least: " + bytesMax);
    }
  }

  /** 64 segments of 16 MiB: some three million exchanges while the database is away. */
  public static JournalSettings in(Path folder) {
    return new JournalSettings(folder, SEGMENT_BYTES_DEFAULT, BYTES_MAX_DEFAULT);
  }
}
