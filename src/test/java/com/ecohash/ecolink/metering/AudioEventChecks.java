package com.ecohash.ecolink.metering;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.media.MediaMeter;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must hold of {@link AudioEvents}, whatever it is fed. */
final class AudioEventChecks {
  /**
   * The value of a member that is called audio. Where another such name stands directly behind the
   * name, which no JSON has, it is not looked for.
   */
  private static final Pattern AUDIO =
      Pattern.compile("\"audio\" *+(?:: *+(?:\"([^\"]*+)\"?|[^\"])|[^:])");

  private AudioEventChecks() {}

  static void check(byte[] stream) {
    Optional<Duration> expected = measure(decoded(stream));
    for (int pieceMax : new int[] {1, 5, 700, 1 << 20}) {
      assertThat(fed(stream, pieceMax)).as("pieces of %s", pieceMax).isEqualTo(expected);
    }
  }

  private static MediaMeter pcm() {
    return MediaMeter.of("", "pcm");
  }

  private static Optional<Duration> measure(byte[] audio) {
    MediaMeter meter = pcm();
    meter.feed(audio, 0, audio.length);
    return meter.duration();
  }

  private static Optional<Duration> fed(byte[] stream, int pieceMax) {
    MediaMeter meter = pcm();
    AudioEvents events = new AudioEvents(meter);
    Random random = new Random(pieceMax);
    for (int at = 0; at < stream.length; ) {
      int length = Math.min(1 + random.nextInt(pieceMax), stream.length - at);
      byte[] piece = new byte[length + 3];
      System.arraycopy(stream, at, piece, 1, length);
      events.feed(piece, 1, length);
      Arrays.fill(piece, (byte) '"'); // nothing of it may be kept
      at += length;
    }
    return meter.duration();
  }

  /** By the JDK's decoder, of what stands between the quotes. */
  private static byte[] decoded(byte[] stream) {
    ByteArrayOutputStream audio = new ByteArrayOutputStream();
    Matcher members = AUDIO.matcher(new String(stream, ISO_8859_1));
    while (members.find()) {
      if (members.group(1) != null) {
        String base64 = members.group(1).replaceAll("[^A-Za-z0-9+/]", "");
        int whole = base64.length() % 4 == 1 ? base64.length() - 1 : base64.length();
        audio.writeBytes(Base64.getDecoder().decode(base64.substring(0, whole)));
      }
    }
    return audio.toByteArray();
  }
}
