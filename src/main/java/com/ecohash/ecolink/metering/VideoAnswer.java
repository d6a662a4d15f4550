package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.openai.AnswerScan;
import com.ecohash.ecolink.openai.Edit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a container's answer says of a video: the job's id, its state, and how long the video is.
 *
 * @param id empty if it names no job
 * @param source where the length comes from, if there is one
 */
public record VideoAnswer(
    Optional<String> id, JobState state, Optional<Duration> length, UnitsSource source) {
  private static final BigDecimal SECONDS_MAX = BigDecimal.valueOf(1_000_000);

  static VideoAnswer of(AnswerScan answer) {
    return new VideoAnswer(
        answer.text("id"),
        JobState.of(answer),
        answer.seconds().flatMap(VideoAnswer::duration),
        UnitsSource.REPORTED);
  }

  /** The video itself. */
  static VideoAnswer ofVideo(Optional<Duration> measured) {
    return new VideoAnswer(Optional.empty(), JobState.COMPLETED, measured, UnitsSource.MEASURED);
  }

  /** The answer with another id in it; every other byte is as it was. */
  public static byte[] renamed(byte[] json, String newId) {
    AnswerScan scan = new AnswerScan();
    scan.feed(json, 0, json.length);
    return scan.renaming(newId).map(edit -> Edit.apply(List.of(edit), json)).orElse(json);
  }

  /** Seconds as a length, to the millisecond; empty if absurd. */
  public static Optional<Duration> duration(BigDecimal seconds) {
    return seconds.signum() >= 0 && seconds.compareTo(SECONDS_MAX) <= 0
        ? Optional.of(Duration.ofMillis(seconds.movePointRight(3).longValue()))
        : Optional.empty();
  }

  /**
   * The units of the video: none before it is completed.
   *
   * @param asked the length that the request asked for, for want of a better one
   */
  public Units units(Optional<Duration> asked) {
    return state == JobState.COMPLETED ? unitsOfVideo(asked) : Units.NONE;
  }

  Units unitsOfVideo(Optional<Duration> asked) {
    return length
        .map(known -> Units.NONE.withDuration(known, source))
        .orElseGet(
            () -> Units.NONE.withDuration(asked.orElse(Duration.ZERO), UnitsSource.ESTIMATED));
  }
}
