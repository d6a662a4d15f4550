package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.openai.AnswerScan;
import com.ecohash.ecolink.openai.ChatEvents;
import com.ecohash.ecolink.openai.Decimal;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Images: as many as the answer has in {@code data}, those included that had begun to arrive when
 * the client left, or as many as a stream has completed. An answer that has no such list, as it is
 * no JSON or has its images elsewhere, and a stream that does not say what it is made of, count as
 * many as were asked for; one that reports an error counts none. Tokens that the container reports
 * beside them are kept.
 */
final class ImageCount implements UnitCount {
  /** OpenAI's own limit is 10; whoever asks a container for more is believed up to here. */
  private static final BigDecimal ASKED_MAX = BigDecimal.valueOf(1_000);

  private final Optional<String> asked;
  private ImageEvents events = new ImageEvents();

  /**
   * @param asked the request's {@code n}; absent means one
   */
  ImageCount(Optional<String> asked) {
    this.asked = asked;
  }

  @Override
  public void begin() {
    events = new ImageEvents();
  }

  @Override
  public void streamed(byte[] bytes, int offset, int length) {
    events.feed(bytes, offset, length);
  }

  @Override
  public Units count(AnsweredJson said) {
    Units tokens = TokenCount.reported(said).map(TokenCount::units).orElse(Units.NONE);
    int counted = events.completed() + said.whole().map(AnswerScan::items).orElse(0);
    boolean uncounted =
        said.events().map(ImageCount::hasContent).orElse(false)
            || said.whole().map(ImageCount::hasImagesElsewhere).orElse(false);
    return counted == 0 && uncounted
        ? tokens.withImages(imagesAsked(), UnitsSource.ESTIMATED)
        : tokens.withImages(counted, UnitsSource.REPORTED);
  }

  /** An image's event may hold the usage too, and counts as no content then. */
  private static boolean hasContent(ChatEvents stream) {
    return stream.contentEvents() > 0 || stream.usage().isPresent();
  }

  private static boolean hasImagesElsewhere(AnswerScan answer) {
    return answer.hasBegun() && !answer.listsItems() && !answer.reportsError();
  }

  private long imagesAsked() {
    BigDecimal images = asked.flatMap(Decimal::parse).orElse(BigDecimal.ONE);
    return images.min(ASKED_MAX).max(BigDecimal.ONE).longValue();
  }
}
