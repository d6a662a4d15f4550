package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.openai.Decimal;
import com.ecohash.ecolink.openai.ScannedRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/** How long a video a request asks for, in the words that containers have for it. */
final class VideoLength {
  static final String[] HINTS = {
    "seconds", "duration_seconds", "duration", "num_frames", "frames", "fps", "n"
  };

  private static final int MILLIS_DIGITS = 3;

  /** More videos of one request are not believed. */
  private static final BigDecimal VIDEOS_MAX = BigDecimal.valueOf(1_000);

  private VideoLength() {}

  /** Seconds, or frames by frames a second, for each of {@code n} videos. */
  static Optional<Duration> asked(ScannedRequest request) {
    BigDecimal videos =
        number(request, "n").filter(n -> n.signum() > 0).orElse(BigDecimal.ONE).min(VIDEOS_MAX);
    return number(request, "seconds")
        .or(() -> number(request, "duration_seconds"))
        .or(() -> number(request, "duration"))
        .or(() -> byFrames(request))
        .flatMap(seconds -> VideoAnswer.duration(seconds.multiply(videos)));
  }

  private static Optional<BigDecimal> byFrames(ScannedRequest request) {
    Optional<BigDecimal> frames = number(request, "num_frames").or(() -> number(request, "frames"));
    Optional<BigDecimal> fps = number(request, "fps").filter(n -> n.signum() > 0);
    return frames.flatMap(
        count -> fps.map(rate -> count.divide(rate, MILLIS_DIGITS, RoundingMode.HALF_UP)));
  }

  private static Optional<BigDecimal> number(ScannedRequest request, String name) {
    return request.hint(name).flatMap(Decimal::parse);
  }
}
