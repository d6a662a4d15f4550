package com.ecohash.ecolink.openai;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;

/**
 * Stands in the way of a streamed chat answer (WHATWG server-sent events): reads what the events
 * say about the exchange, and takes out the usage event where the client had not asked for it. It
 * passes on whole events, comments and blank lines at once, and holds back the beginning of at most
 * one event. Every byte that it passes is as it came.
 *
 * <p>What it is told about an event it knows before the event leaves. One stream, one thread at a
 * time.
 */
public final class ChatEvents {
  /** Where the passed bytes go. */
  public interface Sink {
    /**
     * The bytes stay as they are until the next call to the {@link ChatEvents} that passed them.
     */
    void accept(byte[] b, int off, int len);
  }

  private static final byte[] NOTHING = {};
  private static final int KEPT_BUFFER_BYTES_MAX = 1 << 16;

  private enum Place {
    BETWEEN_EVENTS,
    IN_COMMENT,
    IN_EVENT,
    /** Of an event that was too long to hold: it passes unread. */
    IN_LONG_EVENT
  }

  private final boolean dropUsageEvent;
  private final int eventBytesMax;
  private final EventEnds ends = new EventEnds();
  private final EventMeter meter = new EventMeter();

  private Place place = Place.BETWEEN_EVENTS;
  private byte[] held = NOTHING;
  private byte[] spare = NOTHING;
  private int heldBytes;

  /** The last piece ended with a CR that ended a line: an LF that comes next belongs to it. */
  private boolean lineFeedMayFollow;

  private boolean droppedLast;
  private boolean endedInEvent;
  private long unreadEvents;

  /** From where on the present piece passes, and where in it the open event's bytes begin. */
  private int passFrom;

  private int eventFrom;

  public ChatEvents(boolean dropUsageEvent, int eventBytesMax) {
    this.dropUsageEvent = dropUsageEvent;
    this.eventBytesMax = eventBytesMax;
  }

  /** Takes the next piece of the stream and passes on what may go. */
  public void feed(byte[] b, int off, int len, Sink out) {
    int end = off + len;
    passFrom = off;
    eventFrom = off;
    int at = off;
    if (lineFeedMayFollow && len > 0) {
      at = lineFeed(b, off);
    }
    while (at < end) {
      at =
          switch (place) {
            case BETWEEN_EVENTS -> between(b, at, end);
            case IN_COMMENT -> comment(b, at, end);
            case IN_EVENT -> event(b, at, end, out);
            case IN_LONG_EVENT -> longEvent(b, at, end);
          };
    }
    pass(b, end, out);
  }

  /**
   * The stream ended as a stream ends: what is held passes, read as if it were whole. After a
   * failure {@link #discardHeld} comes instead.
   */
  public void end(Sink out) {
    if (heldBytes == 0) {
      return;
    }
    if (!meter.isUsageOnly(held, 0, heldBytes) || !dropUsageEvent) {
      out.accept(held, 0, heldBytes);
      endedInEvent = true;
    }
    discardHeld();
  }

  /** Forgets the part of an event that is held, which nobody will read. */
  public void discardHeld() {
    if (place == Place.IN_EVENT) {
      place = Place.BETWEEN_EVENTS;
    }
    release();
  }

  /**
   * Whether the stream would have broken off if its connection ended now: within an event. A {@code
   * [DONE]} without its blank line is no such event.
   */
  public boolean isWithinEvent() {
    return place == Place.IN_LONG_EVENT
        || (heldBytes > 0 && !EventMeter.saysDone(held, 0, heldBytes));
  }

  /**
   * Whether nothing has been seen of what ends a chat answer: {@code [DONE]}, a {@code
   * finish_reason}, usage.
   */
  public boolean lacksItsEnd() {
    return meter.contentEvents() > 0
        && !meter.doneSeen()
        && !meter.finishSeen()
        && meter.usage().isEmpty();
  }

  public int heldBytes() {
    return heldBytes;
  }

  /** Whether an event may be written after what has passed: nothing of it is half an event. */
  public boolean isAtEventBoundary() {
    return !endedInEvent && place != Place.IN_COMMENT && place != Place.IN_LONG_EVENT;
  }

  public FirstEvent firstEvent() {
    return meter.firstEvent();
  }

  /** The last usage that an event reported. */
  public Optional<TokenUsage> usage() {
    return meter.usage();
  }

  /** The last seconds of audio that an event's usage reported. */
  public Optional<BigDecimal> seconds() {
    return meter.seconds();
  }

  /** The beginning of the generated text. */
  public TextSample sample() {
    return meter.sample();
  }

  /** Whether an event reported an error of the container's. */
  public boolean errorSeen() {
    return meter.errorSeen();
  }

  /** Whether the stream said {@code [DONE]}. */
  public boolean doneSeen() {
    return meter.doneSeen();
  }

  /** Events with data other than {@code [DONE]} and mere usage. */
  public long contentEvents() {
    return meter.contentEvents();
  }

  /** About how many bytes of generated text the events carried, JSON escapes counted as written. */
  public long contentBytes() {
    return meter.contentBytes();
  }

  /** Events that were too long to be read; they count as content. */
  public long unreadEvents() {
    return unreadEvents;
  }

  private int lineFeed(byte[] b, int at) {
    lineFeedMayFollow = false;
    if (b[at] != '\n') {
      return at;
    }
    if (droppedLast) {
      passFrom = at + 1;
    }
    return at + 1;
  }

  private int between(byte[] b, int at, int end) {
    droppedLast = false;
    byte c = b[at];
    if (c == '\n' || c == '\r') {
      return endLine(b, at, end);
    }
    if (c == ':') {
      place = Place.IN_COMMENT;
    } else {
      place = Place.IN_EVENT;
      eventFrom = at;
      ends.begin();
    }
    return at;
  }

  private int endLine(byte[] b, int at, int end) {
    int after = EventEnds.afterLineEnd(b, at, end);
    endUnit(b, after, end);
    return after;
  }

  private void endUnit(byte[] b, int after, int end) {
    place = Place.BETWEEN_EVENTS;
    lineFeedMayFollow = after == end && b[after - 1] == '\r';
  }

  private int comment(byte[] b, int from, int end) {
    int at = ByteSearch.lineEnd(b, from, end);
    return at == end ? end : endLine(b, at, end);
  }

  private int longEvent(byte[] b, int from, int end) {
    int after = ends.find(b, from, end);
    if (after == EventEnds.NOT_YET) {
      return end;
    }
    endUnit(b, after, end);
    return after;
  }

  private int event(byte[] b, int from, int end, Sink out) {
    int after = ends.find(b, from, end);
    if (after == EventEnds.NOT_YET) {
      pause(b, end, out);
      return end;
    }
    int blankLineAt = ends.blankLineAt();
    if (heldBytes + blankLineAt - eventFrom > eventBytesMax) {
      passUnread(out);
    } else if (heldBytes > 0) {
      finishHeld(b, blankLineAt, after, out);
    } else {
      finish(b, blankLineAt, after, out);
    }
    endUnit(b, after, end);
    return after;
  }

  /** The piece ends within the event: hold it, or let it go if it is too long. */
  private void pause(byte[] b, int end, Sink out) {
    if (heldBytes + end - eventFrom > eventBytesMax) {
      passUnread(out);
      place = Place.IN_LONG_EVENT;
    } else {
      pass(b, eventFrom, out);
      hold(b, eventFrom, end);
      passFrom = end;
    }
  }

  private void passUnread(Sink out) {
    unreadEvents++;
    meter.passedUnread();
    if (heldBytes > 0) {
      out.accept(held, 0, heldBytes);
      release();
    }
  }

  private void finish(byte[] b, int blankLineAt, int after, Sink out) {
    boolean usageOnly =
        ends.lines() == 1
            ? meter.isUsageOnly(b, eventFrom, blankLineAt, after)
            : meter.isUsageOnly(b, eventFrom, after);
    if (usageOnly && dropUsageEvent) {
      droppedLast = true;
      pass(b, eventFrom, out);
      passFrom = after;
    }
  }

  private void finishHeld(byte[] b, int blankLineAt, int after, Sink out) {
    int blankLineAtHeld = heldBytes + blankLineAt - eventFrom;
    hold(b, eventFrom, after);
    boolean usageOnly =
        ends.lines() == 1
            ? meter.isUsageOnly(held, 0, blankLineAtHeld, heldBytes)
            : meter.isUsageOnly(held, 0, heldBytes);
    droppedLast = usageOnly && dropUsageEvent;
    if (!droppedLast) {
      out.accept(held, 0, heldBytes);
    }
    release();
    passFrom = after;
  }

  private void pass(byte[] b, int to, Sink out) {
    if (to > passFrom) {
      out.accept(b, passFrom, to - passFrom);
      passFrom = to;
    }
  }

  private void hold(byte[] b, int from, int to) {
    int needed = heldBytes + to - from;
    if (needed > held.length) {
      held = Arrays.copyOf(held, Math.max(needed, Math.max(512, 2 * held.length)));
    }
    System.arraycopy(b, from, held, heldBytes, to - from);
    heldBytes = needed;
  }

  /** What was handed out must stay as it is for a while: the other buffer is next. */
  private void release() {
    byte[] used = held;
    held = spare;
    spare = used.length <= KEPT_BUFFER_BYTES_MAX ? used : NOTHING;
    heldBytes = 0;
  }
}
