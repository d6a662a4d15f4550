package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.openai.AnswerScan;
import com.ecohash.ecolink.openai.ChatEvents;
import com.ecohash.ecolink.openai.EventStream;
import com.ecohash.ecolink.openai.FirstEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Meters an answer that is a JSON object or a stream of events with JSON in them. It reads what
 * passes; what that comes to is its {@link UnitCount}'s to say.
 */
final class JsonMeter implements Meter {
  private final boolean dropUsageEvent;
  private final int eventBytesMax;
  private final UnitCount count;
  private final boolean chat;
  private @Nullable ChatEvents events;
  private @Nullable AnswerScan answer;

  /**
   * @param dropUsageEvent the client did not ask for the usage event: take it out of the stream
   * @param eventBytesMax a longer event passes unread
   * @param chat its streams have an end that can be seen
   */
  JsonMeter(boolean dropUsageEvent, int eventBytesMax, UnitCount count, boolean chat) {
    this.dropUsageEvent = dropUsageEvent;
    this.eventBytesMax = eventBytesMax;
    this.count = count;
    this.chat = chat;
  }

  @Override
  public void begin(int status, @Nullable String contentType) {
    events = null;
    answer = null;
    count.begin();
    if (status >= 300) {
      return; // passed on unread
    }
    if (EventStream.is(contentType)) {
      events = new ChatEvents(dropUsageEvent, eventBytesMax);
    } else {
      answer = new AnswerScan();
    }
  }

  /** Whether the answer that has begun is a stream of events. */
  boolean isStream() {
    return events != null;
  }

  @Override
  public void feed(byte[] bytes, int offset, int length, Sink out) {
    if (events != null) {
      count.streamed(bytes, offset, length);
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
      return false; // nobody knows
    }
    events.discardHeld();
    return events.isAtEventBoundary();
  }

  @Override
  public boolean isBetweenEvents() {
    return events != null && events.isAtEventBoundary();
  }

  @Override
  public boolean isUnfinished() {
    return events != null
        && !events.errorSeen()
        && (events.isWithinEvent() || (chat && events.lacksItsEnd()));
  }

  @Override
  public boolean isUndecided() {
    return events != null && events.firstEvent() == FirstEvent.NONE;
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
    return count.count(new AnsweredJson(Optional.ofNullable(events), Optional.ofNullable(answer)));
  }
}
