package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.media.MediaMeter;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Measures the seconds of audio in an answer that is audio, as it passes. What is no audio passes
 * all the same, and counts as none, estimated.
 */
final class SpeechMeter implements Meter {
  private final Optional<String> format;
  private @Nullable MediaMeter audio;

  /**
   * @param format the request's {@code response_format}: raw samples tell nothing of themselves
   */
  SpeechMeter(Optional<String> format) {
    this.format = format;
  }

  @Override
  public void begin(int status, @Nullable String contentType) {
    audio =
        status >= 300
            ? null // passed on unread
            : MediaMeter.of(contentType == null ? "" : contentType, format.orElse(""));
  }

  @Override
  public void feed(byte[] bytes, int offset, int length, Sink out) {
    if (audio != null) {
      audio.feed(bytes, offset, length);
    }
    out.accept(bytes, offset, length);
  }

  @Override
  public void end(Sink out) {
    // nothing is held back
  }

  @Override
  public boolean brokenOff() {
    return true;
  }

  @Override
  public boolean beginsWithError() {
    return false;
  }

  @Override
  public boolean reportedError() {
    return false;
  }

  @Override
  public Units units() {
    return Optional.ofNullable(audio)
        .flatMap(MediaMeter::duration)
        .map(length -> Units.NONE.withDuration(length, UnitsSource.MEASURED))
        .orElseGet(() -> Units.NONE.withDuration(Duration.ZERO, UnitsSource.ESTIMATED));
  }
}
