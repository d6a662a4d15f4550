package com.ecohash.ecolink.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MediaMeterTest {
  private static final double TOLERANCE = 0.02;

  static List<Sample> samples() {
    return MediaSamples.whole();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void measuresWhatOthersMeasure(Sample sample) {
    for (int piece : new int[] {1, 7, 4096, sample.bytes().length}) {
      MediaMeter meter = MediaMeter.sniffing();

      feed(meter, sample.bytes(), piece);

      assertThat(seconds(meter))
          .as("%s in pieces of %s", sample, piece)
          .isCloseTo(sample.seconds(), within(sample.seconds() * TOLERANCE));
    }
  }

  /** Even if a header or an index at the beginning promises the whole. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "s16.wav", "ffmpeg-pipe.wav", "cbr64.mp3", "cbr128-bare.mp3", "music.opus", "flac.ogg",
        "flac8.flac", "pipe.flac", "aac48.aac", "fragments.m4a", "first.m4a", "first.mp4",
        "opus.webm", "live-opus.webm", "pcm.mka"
      })
  void whatBrokeOffInTheMiddlePlaysHalfAsLong(String name) {
    Sample sample = MediaSamples.named(name);
    MediaMeter meter = MediaMeter.sniffing();

    meter.feed(sample.bytes(), 0, sample.bytes().length / 2);

    assertThat(seconds(meter)).isBetween(0.25 * sample.seconds(), 0.75 * sample.seconds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"last.m4a", "last.mp4", "quicktime.mov"})
  void nothingIsKnownOfAnMp4BeforeItsIndexCame(String name) {
    byte[] bytes = MediaSamples.named(name).bytes();
    MediaMeter meter = MediaMeter.sniffing();

    meter.feed(bytes, 0, bytes.length / 2);

    assertThat(meter.duration()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"no such voice\"}}",
        "data: {\"type\":\"speech.audio.delta\",\"audio\":\"//uQxAAA\"}\n\n",
        "<!doctype html><html><body>Bad gateway</body></html>",
        "RIFF\1\2\3\4AVI LIST and so on, a film of another kind",
        "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR and what follows",
        "PK\3\4 a zip, a docx, a jar of something",
        "",
        "OggS"
      })
  void whatIsNeitherAudioNorVideoHasNoDuration(String text) {
    for (MediaMeter meter :
        List.of(
            MediaMeter.sniffing(),
            MediaMeter.of("audio/mpeg", "mp3"),
            MediaMeter.of("application/json", "pcm"))) {
      feed(meter, text.getBytes(UTF_8), 5);

      assertThat(meter.duration()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "audio/pcm | '' | 48000",
        "audio/pcm;rate=16000 | wav | 32000",
        "Audio/L16; Rate=16000; channels=2 | '' | 64000",
        "audio/L16;channels=1;rate=\"8000\" | '' | 16000",
        "audio/l24;rate=48000;channels=6 | '' | 864000",
        "audio/basic | '' | 8000",
        "audio/x-raw;bits=32 | '' | 96000",
        "audio/pcm;rate=0;channels=999999 | '' | 48000",
        "application/octet-stream | pcm | 48000",
        "'' | PCM | 48000"
      })
  void rawSamplesAreAsLongAsTheirTypeSays(
      String contentType, String responseFormat, int perSecond) {
    MediaMeter meter = MediaMeter.of(contentType, responseFormat);

    feed(meter, new byte[5 * perSecond / 2], 999);

    assertThat(meter.duration()).contains(Duration.ofMillis(2500));
  }

  @Test
  void rawSamplesThatLookLikeFramesAreSamples() {
    byte[] loud = new byte[48_000];
    for (int at = 0; at + 1 < loud.length; at += 2) {
      loud[at] = -1;
      loud[at + 1] = (byte) 0xfb;
    }
    MediaMeter meter = MediaMeter.of("audio/pcm", "pcm");

    feed(meter, loud, 4096);

    assertThat(meter.duration()).contains(Duration.ofSeconds(1));
  }

  /** Some containers answer with WAV whatever they were asked for. */
  @ParameterizedTest
  @ValueSource(strings = {"s16.wav", "cbr64.mp3", "music.opus", "flac8.flac", "first.m4a"})
  void theBytesKnowBetterThanTheRequest(String name) {
    Sample sample = MediaSamples.named(name);
    MediaMeter meter = MediaMeter.of("application/octet-stream", "mp3");

    feed(meter, sample.bytes(), 4096);

    assertThat(seconds(meter)).isCloseTo(sample.seconds(), within(sample.seconds() * TOLERANCE));
  }

  @Test
  void framesAreFoundInAStreamThatWasJoinedLate() {
    Sample sample = MediaSamples.named("cbr128-bare.mp3");
    int missed = 777;
    MediaMeter meter = MediaMeter.of("audio/mpeg", "");

    meter.feed(sample.bytes(), missed, sample.bytes().length - missed);

    assertThat(seconds(meter))
        .isCloseTo(sample.seconds() - 0.06, within(sample.seconds() * TOLERANCE));
  }

  @Test
  void aLateOggIsMeasuredFromWhereItWasJoined() {
    Sample sample = MediaSamples.named("short-frames.opus");
    byte[] late = sample.bytes().clone();
    Ogg.addToGranules(late, 48_000L * 3600);

    MediaMeter meter = MediaMeter.sniffing();
    feed(meter, late, 4096);

    assertThat(seconds(meter)).isBetween(sample.seconds() - 1.1, sample.seconds());
  }

  @Test
  void theTimeSoFarGrowsAsBytesPass() {
    MediaMeter meter = MediaMeter.of("", "pcm");
    byte[] second = new byte[48_000];
    for (int i = 1; i <= 3; i++) {
      meter.feed(second, 0, second.length);

      assertThat(meter.duration()).contains(Duration.ofSeconds(i));
    }
  }

  static void feed(MediaMeter meter, byte[] bytes, int piece) {
    for (int at = 0; at < bytes.length; at += piece) {
      meter.feed(bytes, at, Math.min(piece, bytes.length - at));
    }
  }

  static double seconds(MediaMeter meter) {
    return meter.duration().map(Duration::toNanos).orElse(-1L) / 1e9;
  }
}
