package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.media.MediaMeter;
import com.ecohash.ecolink.openai.AnswerScan;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Meters an answer about a video: the video itself, whose length it measures as it passes, or JSON
 * about a job or a finished video. A short JSON answer is held back until it is whole, so that a
 * job can be remembered before the client hears of it. A job that is under way has no units yet.
 */
public final class VideoMeter implements Meter {
  /** A longer answer is about no job: it has the video in it. */
  private static final int HELD_BYTES_MAX = 64 * 1024;

  private final Optional<Duration> asked;
  private final UnaryOperator<byte[]> rewrite;
  private @Nullable AnswerScan json;
  private @Nullable ByteArrayOutputStream held;
  private @Nullable MediaMeter video;

  /**
   * @param asked the length that the request asked for
   * @param rewrite changes a short JSON answer on its way
   */
  public VideoMeter(Optional<Duration> asked, UnaryOperator<byte[]> rewrite) {
    this.asked = asked;
    this.rewrite = rewrite;
  }

  /** What the answer said, if it was JSON. To be asked when it has ended. */
  public Optional<VideoAnswer> answer() {
    return Optional.ofNullable(json).map(VideoAnswer::of);
  }

  public Optional<Duration> asked() {
    return asked;
  }

  @Override
  public void begin(int status, @Nullable String contentType) {
    json = null;
    held = null;
    video = null;
    if (status >= 300) {
      return; // passed on unread
    }
    if (contentType != null && contentType.toLowerCase(Locale.ROOT).contains("json")) {
      json = new AnswerScan();
      held = new ByteArrayOutputStream();
    } else {
      video = MediaMeter.sniffing();
    }
  }

  @Override
  public void feed(byte[] bytes, int offset, int length, Sink out) {
    if (json != null) {
      json.feed(bytes, offset, length);
    }
    if (video != null) {
      video.feed(bytes, offset, length);
    }
    if (held != null && held.size() + length <= HELD_BYTES_MAX) {
      held.write(bytes, offset, length);
    } else {
      release(out, UnaryOperator.identity());
      out.accept(bytes, offset, length);
    }
  }

  @Override
  public void end(Sink out) {
    release(out, rewrite);
  }

  private void release(Sink out, UnaryOperator<byte[]> changed) {
    if (held != null) {
      byte[] bytes = changed.apply(held.toByteArray());
      out.accept(bytes, 0, bytes.length);
      held = null;
    }
  }

  @Override
  public boolean brokenOff() {
    return false; // nobody knows
  }

  @Override
  public boolean isUnfinished() {
    return false;
  }

  @Override
  public boolean isUndecided() {
    return false;
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
    if (json == null && video == null) {
      return Units.NONE; // no answer has begun: there is nothing that a client could have got
    }
    Optional<Duration> measured = Optional.ofNullable(video).flatMap(MediaMeter::duration);
    return answer()
        .map(said -> units(said, asked))
        .orElseGet(() -> orAsked(measured, UnitsSource.MEASURED, asked));
  }

  /** The units of a video that a container has told of: none before it is completed. */
  public static Units units(VideoAnswer said, Optional<Duration> asked) {
    return said.state() == JobState.COMPLETED
        ? orAsked(said.length(), UnitsSource.REPORTED, asked)
        : Units.NONE;
  }

  private static Units orAsked(
      Optional<Duration> length, UnitsSource source, Optional<Duration> asked) {
    return length
        .map(known -> Units.NONE.withDuration(known, source))
        .orElseGet(
            () -> Units.NONE.withDuration(asked.orElse(Duration.ZERO), UnitsSource.ESTIMATED));
  }
}
