package com.ecohash.ecolink.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files made to break their reader: what they claim is not believed, and costs nothing. */
final class HostileMediaTest {
  private static final int REPEATED_BYTES = 4 << 20;
  private static final String RIFF = "52494646 ffffffff 57415645 ";
  private static final String PCM_16K_MONO =
      "666d7420 10000000 0100 0100 803e0000 007d0000 0200 1000 ";
  private static final String MOOV = "00000008 66747970 7fffffff 6d6f6f76 ";
  private static final String SOUND_TRACK =
      "70000000 7472616b 00000014 68646c72 00000000 00000000 736f756e "
          + "0000001c 6d646864 00000000 00000000 00000000 00000001 ffffffff ";
  private static final String SOUND_SEGMENT =
      "1a45dfa3 80 18538067 ff 1654ae6b ff ae ff d7 81 01 83 81 02 ";
  private static final String OPUS_PAGE =
      "4f676753 00 02 0000000000000000 00000001 00000000 00000000 01 13 "
          + "4f707573 48656164 01 01 0000 803e0000 0000 00 ";

  static Stream<Arguments> endless() {
    return Stream.of(
        Arguments.of("tags", "", "49443304000000000000"),
        Arguments.of("tags of no end", "", "4944330400007f7f7f7f"),
        Arguments.of("frame marks", "", "fffb"),
        Arguments.of("frames of no length", "", "fff15080000000"),
        Arguments.of("chunks", RIFF, "4c495354 00000000"),
        Arguments.of("WAVs", RIFF + PCM_16K_MONO, RIFF + PCM_16K_MONO),
        Arguments.of("FLAC blocks", "664c6143", "01000000"),
        Arguments.of("FLAC marks", "664c6143 80000022" + "10".repeat(34), "fff8"),
        Arguments.of("Ogg streams", "", OPUS_PAGE),
        Arguments.of("Ogg marks", OPUS_PAGE, "4f67675300"),
        Arguments.of("boxes of no size", "00000008 66747970", "00000000 00000000"),
        Arguments.of(
            "long boxes of no size", "00000008 66747970", "00000001 66726565 0000000000000000"),
        Arguments.of("empty boxes", "00000008 66747970", "00000008 66726565"),
        Arguments.of("nesting", "00000008 66747970", "7fffffff 6d6f6f76"),
        Arguments.of("tracks", MOOV, "00000008 7472616b"),
        Arguments.of(
            "track defaults", MOOV, "00000018 74726578 00000000 00000001 00000001 00000001"),
        Arguments.of("fragments", MOOV + SOUND_TRACK, "00000008 6d6f6f66 00000008 74726166"),
        Arguments.of("segments", "1a45dfa3 80", "18538067 ff"),
        Arguments.of("clusters", "1a45dfa3 80", "1f43b675 ff"),
        Arguments.of("elements", "1a45dfa3 80", "ec80"),
        Arguments.of("track entries", "1a45dfa3 80", "ae ff d7 81 01"),
        Arguments.of("zeroes", "1a45dfa3 80", "00"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void endless(String what, String beginning, String repeated) {
    MediaMeter meter = MediaMeter.sniffing();
    feed(meter, beginning);
    byte[] again = bytes(repeated);
    ByteBuffer piece = ByteBuffer.allocate(again.length * (65_536 / again.length));
    while (piece.hasRemaining()) {
      piece.put(again);
    }
    for (int fed = 0; fed < REPEATED_BYTES; fed += piece.capacity()) {
      meter.feed(piece.array(), 0, piece.capacity());
    }

    assertThat(meter.duration().orElse(Duration.ZERO)).isEqualTo(Duration.ZERO);
    assertThat(HeldBytes.of(meter)).isLessThan(MediaMeter.HELD_BYTES_MAX);
  }

  static Stream<Arguments> absurdClaims() {
    return Stream.of(
        Arguments.of("the header's duration", MOOV + SOUND_TRACK),
        Arguments.of(
            "samples beyond count",
            MOOV
                + SOUND_TRACK
                + "70000000 73747473 00000000 ffffffff "
                + "ffffffff 7fffffff ".repeat(9)),
        Arguments.of(
            "fragments beyond count",
            MOOV
                + SOUND_TRACK
                + "00000008 6d6f6f66 7fffffff 74726166 "
                + "00000014 74666864 00000008 00000000 7fffffff "
                + "00000010 7472756e 00000000 ffffffff ".repeat(9)),
        Arguments.of(
            "a granule position",
            OPUS_PAGE + "4f676753 00 00 ffffffffffffff7f 00000001 00000000 00000000 00 "),
        Arguments.of(
            "a cluster's time",
            SOUND_SEGMENT + "1f43b675 ff e7 88 7fffffffffffffff a3 84 81 7fff 80"),
        Arguments.of(
            "a segment's duration", SOUND_SEGMENT + "1549a966 ff 4489 88 7fefffffffffffff"),
        Arguments.of("no number for a duration", SOUND_SEGMENT + "1549a966 ff 4489 84 7fc00000"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void absurdClaims(String what, String hex) {
    MediaMeter meter = MediaMeter.sniffing();

    feed(meter, hex);
    feed(meter, "00000010 6d646174 0000000000000000");

    assertThat(meter.duration().orElse(Duration.ZERO)).isEqualTo(Duration.ZERO);
  }

  @Test
  void aChunkOfFourGigabytesHoldsOnlyWhatCame() {
    MediaMeter meter = MediaMeter.sniffing();

    feed(meter, RIFF + PCM_16K_MONO + "64617461 fffffff0");
    meter.feed(new byte[32_000], 0, 32_000);

    assertThat(meter.duration()).contains(Duration.ofSeconds(1));
  }

  @Test
  void whatPlaysLongerThanAnythingDoesNotOverflow() {
    MediaMeter meter = MediaMeter.sniffing();

    feed(meter, RIFF + "666d7420 10000000 0100 0100 01000000 01000000 0100 0800 64617461 ffffffff");
    byte[] hour = new byte[3600];
    for (int i = 0; i < 1001; i++) {
      meter.feed(hour, 0, hour.length);
    }

    assertThat(meter.duration()).contains(MediaMeter.LONGEST);
  }

  @Test
  void aSoundTrackIsFoundBehindThirtyOneOthers() {
    MediaMeter meter = MediaMeter.sniffing();
    feed(meter, MOOV + "00000008 7472616b ".repeat(31));

    feed(meter, SOUND_TRACK + "00000018 73747473 00000000 00000001 00000003 00000002");
    feed(meter, "00000010 6d646174 0000000000000000");

    assertThat(meter.duration()).contains(Duration.ofSeconds(6));
    assertThat(HeldBytes.of(meter)).isLessThan(MediaMeter.HELD_BYTES_MAX);
  }

  @Test
  void aGapOfFramesIsNotCounted() {
    Sample flac = MediaSamples.named("short-blocks.flac");
    byte[] torn = flac.bytes().clone();
    Arrays.fill(torn, torn.length / 3, torn.length * 2 / 3, (byte) 0);
    MediaMeter meter = MediaMeter.sniffing();

    meter.feed(torn, 0, torn.length);

    assertThat(MediaMeterTest.seconds(meter)).isBetween(0.4 * flac.seconds(), 0.9 * flac.seconds());
  }

  private static void feed(MediaMeter meter, String hex) {
    byte[] bytes = bytes(hex);
    meter.feed(bytes, 0, bytes.length);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
