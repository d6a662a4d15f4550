package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.openai.AnswerScan;
import com.ecohash.ecolink.openai.Decimal;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Images: as many as the answer has in {@code data}, those included that had begun to arrive when
 * the client left. A stream has no such list: there as many as were asked for. Tokens that the
 * container reports beside them are kept.
 *
 * @param asked the request's {@code n}; absent means one
 */
record ImageCount(Optional<String> asked) implements UnitCount {
  /** OpenAI's own limit is 10; whoever asks a container for more is believed up to here. */
  private static final long ASKED_MAX = 1_000;

  @Override
  public Units count(AnsweredJson said) {
    Units tokens = TokenCount.reported(said).map(TokenCount::units).orElse(Units.NONE);
    int items = said.whole().map(AnswerScan::items).orElse(0);
    boolean streamed = said.events().map(events -> events.contentEvents() > 0).orElse(false);
    return items == 0 && streamed
        ? tokens.withImages(imagesAsked(), UnitsSource.ESTIMATED)
        : tokens.withImages(items, UnitsSource.REPORTED);
  }

  private long imagesAsked() {
    long images = asked.flatMap(Decimal::parse).map(BigDecimal::longValue).orElse(1L);
    return Math.max(1, Math.min(images, ASKED_MAX));
  }
}
