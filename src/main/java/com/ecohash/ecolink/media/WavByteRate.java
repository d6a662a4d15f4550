package com.ecohash.ecolink.media;

/** How many bytes a second of a WAV takes, from the fields of its {@code fmt} chunk. */
final class WavByteRate {
  static final int BYTES_MIN = 16;

  /** With what formats other than PCM add, of which the first is the samples of an ADPCM block. */
  static final int BYTES_MAX = 20;

  private static final int PCM = 1;
  private static final int MS_ADPCM = 2;
  private static final int FLOAT = 3;
  private static final int A_LAW = 6;
  private static final int MU_LAW = 7;
  private static final int IMA_ADPCM = 0x11;
  private static final int EXTENSIBLE = 0xFFFE;

  private WavByteRate() {}

  /**
   * What a decoder goes by: blocks of so many bytes, each of one or more samples. The field for the
   * average rate, which some writers leave wrong, is asked only of formats that have nothing else.
   *
   * @param length how much of the chunk is there, BYTES_MIN to BYTES_MAX
   * @return 0 if nothing is said
   */
  static long of(byte[] b, int at, int length) {
    long rate = Bytes.u32Little(b, at + 4);
    long average = Bytes.u32Little(b, at + 8);
    int blockBytes = Bytes.u16Little(b, at + 12);
    int blockSamples =
        switch (Bytes.u16Little(b, at)) {
          case PCM, FLOAT, A_LAW, MU_LAW, EXTENSIBLE -> 1;
          case MS_ADPCM, IMA_ADPCM -> length < BYTES_MAX ? 0 : Bytes.u16Little(b, at + 18);
          default -> 0;
        };
    long exact = blockSamples == 0 ? 0 : rate * blockBytes / blockSamples;
    return exact > 0 ? exact : average;
  }
}
