package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.openai.AnswerScan;
import com.ecohash.ecolink.openai.ChatEvents;
import com.ecohash.ecolink.openai.EventStream;
import com.ecohash.ecolink.openai.FirstEvent;
import com.ecohash.ecolink.openai.TokenUsage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tokens of a chat exchange: from the {@code usage} that the container reports, in a
 * stream's event or in the answer's object; else by estimate, marked so.
 */
public final class ChatMeter implements Meter {
  private final boolean dropUsageEvent;
  private final long requestTextBytes;
  private final int eventBytesMax;
  private @Nullable ChatEvents events;
  private @Nullable AnswerScan answer;

  /**
   * @param dropUsageEvent the client did not ask for the usage event: take it out of the stream
   * @param requestTextBytes of text in the request, for an estimate of the input
   * @param eventBytesMax a longer event passes unread
   */
  public ChatMeter(boolean dropUsageEvent, long requestTextBytes, int eventBytesMax) {
    this.dropUsageEvent = dropUsageEvent;
    this.requestTextBytes = requestTextBytes;
    this.eventBytesMax = eventBytesMax;
  }

  @Override
  public void begin(int status, @Nullable String contentType) {
    events = null;
    answer = null;
    if (status >= 300) {
      return; // passed on unread
    }
    if (EventStream.is(contentType)) {
      events = new ChatEvents(dropUsageEvent, eventBytesMax);
    } else {
      answer = new AnswerScan();
    }
  }

  @Override
  public void feed(byte[] bytes, int offset, int length, Sink out) {
    if (events != null) {
      events.feed(bytes, offset, length, out::accept);
      return;
    }
    if (answer != null) {
      answer.feed(bytes, offset, length);
    }
    out.accept(bytes, offset, length);
  }

  @Override
  public void end(Sink out) {
    if (events != null) {
      events.end(out::accept);
    }
  }

  @Override
  public boolean brokenOff() {
    if (events == null) {
      return true;
    }
    events.discardHeld();
    return events.isAtEventBoundary();
  }

  @Override
  public boolean isBetweenEvents() {
    return events != null && events.isAtEventBoundary();
  }

  @Override
  public boolean beginsWithError() {
    return events != null && events.firstEvent() == FirstEvent.ERROR;
  }

  @Override
  public boolean reportedError() {
    return events != null && events.errorSeen();
  }

  @Override
  public Units units() {
    Optional<TokenUsage> reported = Optional.empty();
    long estimatedOutput = 0;
    if (events != null) {
      reported = events.usage();
      estimatedOutput = TokenEstimate.ofStream(events.contentEvents(), events.contentBytes());
    } else if (answer != null) {
      reported = answer.usage();
      estimatedOutput = TokenEstimate.ofBytes(answer.textBytes());
    }
    if (reported.isPresent()) {
      TokenUsage usage = reported.get();
      return Units.tokens(
          usage.inputTokens(),
          usage.cachedInputTokens(),
          usage.outputTokens(),
          usage.reasoningTokens(),
          UnitsSource.REPORTED);
    }
    return Units.tokens(
        TokenEstimate.ofBytes(requestTextBytes), 0, estimatedOutput, 0, UnitsSource.ESTIMATED);
  }
}
