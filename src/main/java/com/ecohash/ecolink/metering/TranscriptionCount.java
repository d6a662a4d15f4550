package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.media.MediaMeter;
import com.ecohash.ecolink.openai.AnswerScan;
import com.ecohash.ecolink.openai.ChatEvents;
import java.time.Duration;
import java.util.Optional;

/**
 * Seconds of audio that were sent: as the container reports them, else as measured in the upload.
 * Tokens that it reports beside or instead of them are kept.
 *
 * @param upload has seen the uploaded file pass
 */
record TranscriptionCount(MediaMeter upload) implements UnitCount {
  @Override
  public Units count(AnsweredJson said) {
    Units tokens = TokenCount.reported(said).map(TokenCount::units).orElse(Units.NONE);
    Optional<Duration> reported =
        said.events()
            .flatMap(ChatEvents::seconds)
            .or(() -> said.whole().flatMap(AnswerScan::seconds))
            .flatMap(VideoAnswer::duration);
    return reported
        .map(length -> tokens.withDuration(length, UnitsSource.REPORTED))
        .or(() -> upload.duration().map(l -> tokens.withDuration(l, UnitsSource.MEASURED)))
        .orElseGet(() -> tokens.withDuration(Duration.ZERO, UnitsSource.ESTIMATED));
  }
}
