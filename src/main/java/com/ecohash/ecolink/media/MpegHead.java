package com.ecohash.ecolink.media;

/**
 * The 32 bits at the beginning of an MPEG audio frame (ISO 11172-3 and 13818-3, 2.4.1.3; MPEG 2.5
 * by its own extension). Frames of a free bit rate, which do not say how long they are, are not
 * read.
 */
final class MpegHead {
  private static final int[][] RATES = {
    {11_025, 12_000, 8_000}, {}, {22_050, 24_000, 16_000}, {44_100, 48_000, 32_000}
  };
  private static final int MPEG_1 = 3;
  private static final int NO_VERSION = 1;
  private static final int NO_EMPHASIS = 2;
  private static final int NO_RATE = 3;
  private static final int NO_BIT_RATE = 15;

  /** Kilobits a second by index, 0 being the free one: layers I, II, III of MPEG 1. */
  private static final int[][] BIT_RATES_1 = {
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}
  };

  /** Of MPEG 2 and 2.5, where layers II and III have the same. */
  private static final int[][] BIT_RATES_2 = {
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
  };

  /** Version, layer and sample rate: what a decoder cannot change in mid-stream. */
  private static final int KIND = 0xfffe0c00;

  private MpegHead() {}

  /** Whether a head with the mark and a layer says nothing that is reserved. */
  static boolean isValid(int head) {
    int bitRate = bitRateIndex(head);
    return version(head) != NO_VERSION
        && bitRate != 0
        && bitRate != NO_BIT_RATE
        && rateIndex(head) != NO_RATE
        && (head & 3) != NO_EMPHASIS;
  }

  static int bytes(int head) {
    int bitRate =
        1000 * (isMpeg1(head) ? BIT_RATES_1 : BIT_RATES_2)[layer(head) - 1][bitRateIndex(head)];
    int padding = head >>> 9 & 1;
    return layer(head) == 1
        ? (12 * bitRate / rate(head) + padding) * 4
        : samples(head) / 8 * bitRate / rate(head) + padding;
  }

  static int samples(int head) {
    return switch (layer(head)) {
      case 1 -> 384;
      case 2 -> 1152;
      default -> isMpeg1(head) ? 1152 : 576;
    };
  }

  static int rate(int head) {
    return RATES[version(head)][rateIndex(head)];
  }

  static int kind(int head) {
    return head & KIND;
  }

  private static boolean isMpeg1(int head) {
    return version(head) == MPEG_1;
  }

  private static int version(int head) {
    return head >>> 19 & 3;
  }

  private static int layer(int head) {
    return 4 - (head >>> 17 & 3);
  }

  private static int bitRateIndex(int head) {
    return head >>> 12 & 15;
  }

  private static int rateIndex(int head) {
    return head >>> 10 & 3;
  }
}
