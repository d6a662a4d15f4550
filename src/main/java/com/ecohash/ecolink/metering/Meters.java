package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.openai.ScannedRequest;

/** Which meter an exchange of the unified API gets: one table for all categories. */
public final class Meters {
  private final int eventBytesMax;

  /**
   * @param eventBytesMax a longer server-sent event passes unread
   */
  public Meters(int eventBytesMax) {
    this.eventBytesMax = eventBytesMax;
  }

  /**
   * @param dropUsageEvent the client of a chat stream did not ask for its usage event
   */
  public Meter of(Category category, ScannedRequest request, boolean dropUsageEvent) {
    return switch (category) {
      case CHAT -> json(dropUsageEvent, tokens(request, true));
      case EMBEDDING -> json(false, tokens(request, false));
      case IMAGE -> json(false, new ImageCount(request.hint("n")));
      case AUDIO_SPEECH, AUDIO_TRANSCRIPTION, VIDEO ->
          throw new IllegalArgumentException("not metered yet: " + category);
    };
  }

  private Meter json(boolean dropUsageEvent, UnitCount count) {
    return new JsonMeter(dropUsageEvent, eventBytesMax, count);
  }

  private static UnitCount tokens(ScannedRequest request, boolean generates) {
    return new TokenCount(request.sample(), request.textBytes(), generates);
  }
}
