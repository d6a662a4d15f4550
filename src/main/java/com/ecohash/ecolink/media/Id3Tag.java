package com.ecohash.ecolink.media;

/** An ID3v2 tag (id3.org, 2.4.0 structure, section 3.1), which may stand before any MPEG audio. */
final class Id3Tag {
  static final int HEAD_BYTES = 10;

  private static final int MARK = 'I' << 16 | 'D' << 8 | '3';
  private static final int FOOTER_FLAG = 0x10;

  private Id3Tag() {}

  /** Whether the {@link #HEAD_BYTES} bytes are a tag's head: its size has no high bits. */
  static boolean isAt(byte[] b, int at) {
    return Bytes.u24(b, at) == MARK
        && b[at + 3] != -1
        && b[at + 4] != -1
        && (Bytes.i32(b, at + 6) & 0x80808080) == 0;
  }

  /** The whole tag's length in bytes, at most 256 MiB. */
  static long bytes(byte[] b, int at) {
    long size = b[at + 6] << 21 | b[at + 7] << 14 | b[at + 8] << 7 | b[at + 9];
    boolean footer = (b[at + 5] & FOOTER_FLAG) != 0;
    return size + HEAD_BYTES + (footer ? HEAD_BYTES : 0);
  }
}
