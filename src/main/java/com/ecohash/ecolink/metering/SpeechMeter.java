package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.media.MediaMeter;
import com.ecohash.ecolink.openai.ScannedRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Measures the seconds of audio in an answer as it passes, be it the audio itself or a stream of
 * events that carry it. What is no audio passes all the same, and counts as none, estimated.
 */
final class SpeechMeter implements Meter {
  static final String FORMAT_HINT = "response_format";

  private final String format;
  private final JsonMeter events;
  private boolean streamed;
  private @Nullable MediaMeter audio;
  private @Nullable AudioEvents audioEvents;

  /**
   * @param request its {@code response_format} matters: raw samples tell nothing of themselves
   */
  SpeechMeter(ScannedRequest request, int eventBytesMax) {
    this.format = request.hint(FORMAT_HINT).orElse("");
    this.events = new JsonMeter(false, eventBytesMax, said -> Units.NONE, false);
  }

  @Override
  public void begin(int status, @Nullable String contentType) {
    audio = null;
    audioEvents = null;
    events.begin(status, contentType);
    streamed = events.isStream();
    if (status >= 300) {
      return; // passed on unread
    }
    if (streamed) {
      audio = MediaMeter.of("", format);
      audioEvents = new AudioEvents(audio);
    } else {
      audio = MediaMeter.of(contentType == null ? "" : contentType, format);
    }
  }

  @Override
  public void feed(byte[] bytes, int offset, int length, Sink out) {
    if (audioEvents != null) {
      audioEvents.feed(bytes, offset, length);
      events.feed(bytes, offset, length, out);
      return;
    }
    if (audio != null) {
      audio.feed(bytes, offset, length);
    }
    out.accept(bytes, offset, length);
  }

  @Override
  public void end(Sink out) {
    if (streamed) {
      events.end(out);
    }
  }

  @Override
  public boolean brokenOff() {
    return streamed && events.brokenOff();
  }

  @Override
  public boolean isUnfinished() {
    return streamed && events.isUnfinished();
  }

  @Override
  public boolean isUndecided() {
    return streamed && events.isUndecided();
  }

  @Override
  public boolean isBetweenEvents() {
    return streamed && events.isBetweenEvents();
  }

  @Override
  public boolean beginsWithError() {
    return streamed && events.beginsWithError();
  }

  @Override
  public boolean reportedError() {
    return streamed && events.reportedError();
  }

  @Override
  public Units units() {
    return Optional.ofNullable(audio)
        .flatMap(MediaMeter::duration)
        .map(length -> Units.NONE.withDuration(length, UnitsSource.MEASURED))
        .orElseGet(() -> Units.NONE.withDuration(Duration.ZERO, UnitsSource.ESTIMATED));
  }
}
