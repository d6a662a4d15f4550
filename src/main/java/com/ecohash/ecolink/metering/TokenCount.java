package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.openai.AnswerScan;
import com.ecohash.ecolink.openai.ChatEvents;
import com.ecohash.ecolink.openai.TextSample;
import com.ecohash.ecolink.openai.TokenUsage;
import java.util.Optional;

/**
 * Tokens: from the {@code usage} that the container reports, in a stream's event or in the answer's
 * object; else counted, and marked as an estimate.
 *
 * @param requestText the beginning of the request's text
 * @param requestTextBytes of all of it
 * @param requestTokens that the request has as numbers already
 * @param generates whether the answer's text is output; an embedding's is not
 */
record TokenCount(
    TextSample requestText, long requestTextBytes, long requestTokens, boolean generates)
    implements UnitCount {
  @Override
  public Units count(AnsweredJson said) {
    return reported(said).map(TokenCount::units).orElseGet(() -> estimated(said));
  }

  static Optional<TokenUsage> reported(AnsweredJson said) {
    return said.events()
        .flatMap(ChatEvents::usage)
        .or(() -> said.whole().flatMap(AnswerScan::usage));
  }

  static Units units(TokenUsage usage) {
    return Units.tokens(
        usage.inputTokens(),
        usage.cachedInputTokens(),
        usage.outputTokens(),
        usage.reasoningTokens(),
        UnitsSource.REPORTED);
  }

  private Units estimated(AnsweredJson said) {
    long output = generates ? output(said) : 0;
    long input = requestTokens + TokenEstimate.of(requestText, requestTextBytes);
    return Units.tokens(input, 0, output, 0, UnitsSource.ESTIMATED);
  }

  private static long output(AnsweredJson said) {
    return said.events()
        .map(TokenCount::streamed)
        .or(() -> said.whole().map(whole -> TokenEstimate.of(whole.sample(), whole.textBytes())))
        .orElse(0L);
  }

  /** Engines send at least one token an event, some of them several. */
  private static long streamed(ChatEvents events) {
    return Math.max(
        events.contentEvents(), TokenEstimate.of(events.sample(), events.contentBytes()));
  }
}
