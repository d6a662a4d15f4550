package com.ecohash.ecolink.media;

/** The head of an ADTS frame, which carries AAC (ISO 13818-7, 6.2). */
final class AdtsHead {
  private static final int[] RATES = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350
  };
  private static final int SAMPLES_PER_BLOCK = 1024;

  /** Twelve ones, where MPEG audio needs but eleven. */
  private static final int MARK = 0xfff00000;

  /** Version, profile, sample rate and channels. */
  private static final int KIND = 0xfffefdc0;

  private AdtsHead() {}

  static boolean isValid(byte[] b, int at) {
    int head = Bytes.i32(b, at);
    return (head & MARK) == MARK
        && rateIndex(head) < RATES.length
        && bytes(b, at) >= FrameHead.HEAD_BYTES;
  }

  static int bytes(byte[] b, int at) {
    return Bytes.u24(b, at + 3) >>> 5 & 0x1fff;
  }

  static int samples(byte[] b, int at) {
    return ((b[at + 6] & 3) + 1) * SAMPLES_PER_BLOCK;
  }

  static int rate(int head) {
    return RATES[rateIndex(head)];
  }

  static int kind(int head) {
    return head & KIND;
  }

  private static int rateIndex(int head) {
    return head >>> 10 & 15;
  }
}
