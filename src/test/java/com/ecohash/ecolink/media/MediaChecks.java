package com.ecohash.ecolink.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** What must hold of {@link MediaMeter}, whatever it is fed. */
final class MediaChecks {
  private MediaChecks() {}

  static void check(byte[] bytes) {
    check(bytes, new Random(bytes.length), false);
    check(bytes, new Random(bytes.length), true);
  }

  /**
   * @param hinted the meter is told that this is an MP3
   */
  static void check(byte[] bytes, Random random, boolean hinted) {
    Optional<Duration> whole = measure(bytes, new Random(0), bytes.length, hinted);

    assertThat(whole.orElse(Duration.ZERO)).isBetween(Duration.ZERO, MediaMeter.LONGEST);
    for (int pieceMax : new int[] {1, 5, 700}) {
      assertThat(measure(bytes, random, pieceMax, hinted)).isEqualTo(whole);
    }
  }

  private static Optional<Duration> measure(
      byte[] bytes, Random random, int pieceMax, boolean hinted) {
    MediaMeter meter = hinted ? MediaMeter.of("audio/mpeg", "mp3") : MediaMeter.sniffing();
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(1 + random.nextInt(Math.max(1, pieceMax)), bytes.length - at);
      byte[] piece = new byte[length + 5];
      System.arraycopy(bytes, at, piece, 2, length);
      meter.feed(piece, 2, length);
      at += length;
    }
    assertThat(HeldBytes.of(meter)).isLessThan(MediaMeter.HELD_BYTES_MAX);
    return meter.duration();
  }
}
