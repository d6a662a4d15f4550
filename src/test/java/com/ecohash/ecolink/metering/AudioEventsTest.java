package com.ecohash.ecolink.metering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.media.MediaMeter;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudioEventsTest {
  /** Raw PCM: 24 kHz, 16 bit, mono. */
  private static final int TWO_SECONDS = 2 * 48_000;

  /** No multiple of three, so that its base64 is padded. */
  private static final int FIRST_PART = 40_001;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000, 1 << 20})
  void measuresTheAudioThatEventsCarryWhateverTheirPieces(int pieceBytes) {
    MediaMeter audio = MediaMeter.of("", "pcm");
    AudioEvents events = new AudioEvents(audio);
    byte[] stream = (event(FIRST_PART) + event(TWO_SECONDS - FIRST_PART) + done()).getBytes(UTF_8);

    for (int at = 0; at < stream.length; at += pieceBytes) {
      events.feed(stream, at, Math.min(pieceBytes, stream.length - at));
    }

    assertThat(audio.duration()).contains(Duration.ofSeconds(2));
  }

  private static String event(int bytes) {
    return "data: {\"type\": \"speech.audio.delta\", \"text\":\"\\\"audio\\\":\\\"x\\\"\", \"audio\": \""
        + Base64.getEncoder().encodeToString(new byte[bytes])
        + "\"}\n\n";
  }

  private static String done() {
    return "data: {\"type\":\"speech.audio.done\",\"usage\":{\"input_tokens\":3}}\n\n";
  }
}
