package com.ecohash.ecolink.media;

/**
 * The frame of an MP3 that plays nothing but tells of the others: LAME's Xing or Info header, which
 * stands after the side information, or Fraunhofer's VBRI, 32 bytes after the frame's head.
 */
final class VbrHead {
  private static final int XING = Bytes.tag("Xing");
  private static final int INFO = Bytes.tag("Info");
  private static final int VBRI = Bytes.tag("VBRI");

  /** After 32, 17 or 9 bytes of side information, by version and channels. */
  private static final int[] XING_AT = {4 + 32, 4 + 17, 4 + 9};

  private static final int VBRI_AT = 4 + 32;
  private static final int TAG_BYTES = 4;

  private VbrHead() {}

  /** Whether a frame of so many bytes, of which at least the first 40 are there, is such a one. */
  static boolean isIn(byte[] b, int at, int frameBytes) {
    if (frameBytes < VBRI_AT + TAG_BYTES) {
      return false;
    }
    for (int offset : XING_AT) {
      int tag = Bytes.i32(b, at + offset);
      if (tag == XING || tag == INFO) {
        return true;
      }
    }
    return Bytes.i32(b, at + VBRI_AT) == VBRI;
  }
}
