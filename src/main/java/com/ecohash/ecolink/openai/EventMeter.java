package com.ecohash.ecolink.openai;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a streamed chat answer for what they say about the exchange, and tells which
 * of them hold nothing but usage. Most events get one glance; only one that could hold usage or an
 * error is scanned as JSON.
 */
final class EventMeter {
  /** Generated text that is kept for counting tokens, should nobody report them. */
  static final int SAMPLE_BYTES_MAX = 2048;

  private static final int DATA_BYTES = "data:".length();
  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

  /** Room for an empty array with much white space in it. */
  private static final int CHOICES_BYTES_MAX = 64;

  private static final List<JsonMembers.Watch> WATCHES =
      List.of(
          new JsonMembers.Watch("choices", CHOICES_BYTES_MAX),
          new JsonMembers.Watch("usage", UsageJson.BYTES_MAX),
          new JsonMembers.Watch("error", 0));

  private final TextSample sample = new TextSample(SAMPLE_BYTES_MAX);
  private final EventGlance glance = new EventGlance(sample);
  private @Nullable JsonMembers members;

  private boolean anyEvent;
  private FirstEvent firstEvent = FirstEvent.NONE;
  private @Nullable TokenUsage usage;
  private @Nullable BigDecimal seconds;
  private boolean errorSeen;
  private boolean doneSeen;
  private boolean finishSeen;
  private long contentEvents;
  private long contentBytes;

  /** A whole event of one line and the blank one; true if it holds usage and no choices. */
  boolean isUsageOnly(byte[] b, int from, int blankLineAt, int to) {
    int value = DataLines.valueFrom(b, from, blankLineAt);
    boolean plain = anyEvent && value >= from + DATA_BYTES;
    return plain ? payload(b, value, blankLineAt) : isUsageOnly(b, from, to);
  }

  /** An event of any lines; true if it holds usage and no choices. */
  boolean isUsageOnly(byte[] b, int from, int to) {
    int start = anyEvent ? from : afterByteOrderMark(b, from, to);
    anyEvent = true;
    return DataLines.join(b, start, to).map(data -> payload(data, 0, data.length)).orElse(false);
  }

  /** An event that nobody looked into: content, for all that is known. */
  void passedUnread() {
    anyEvent = true;
    contentEvents++;
    sawData();
  }

  private static int afterByteOrderMark(byte[] b, int from, int to) {
    boolean marked =
        to - from >= 3
            && b[from] == (byte) 0xEF
            && b[from + 1] == (byte) 0xBB
            && b[from + 2] == (byte) 0xBF;
    return marked ? from + 3 : from;
  }

  private boolean payload(byte[] b, int from, int end) {
    int to = end;
    while (to > from && b[to - 1] >= 0 && b[to - 1] <= ' ') {
      to--;
    }
    if (from == to) {
      return false; // an empty event: some servers' keep-alive
    }
    if (isDone(b, from, to)) {
      doneSeen = true;
      sawData();
      return false;
    }
    glance.look(b, from, to);
    finishSeen |= glance.finishing();
    boolean usageOnly = glance.suspicious() && scan(b, from, to);
    sawData();
    if (!usageOnly) {
      contentEvents++;
      contentBytes += glance.contentBytes();
    }
    return usageOnly;
  }

  /** Whether the lines of an event that lacks its end are a whole {@code [DONE]}. */
  static boolean saysDone(byte[] b, int from, int to) {
    return DataLines.join(b, from, to)
        .filter(data -> data.length > 0 && isDone(data, 0, data.length))
        .isPresent();
  }

  private static boolean isDone(byte[] b, int from, int to) {
    return b[from] == '[' && Arrays.equals(b, from, to, DONE, 0, DONE.length);
  }

  private void sawData() {
    if (firstEvent == FirstEvent.NONE) {
      firstEvent = FirstEvent.DATA;
    }
  }

  private boolean scan(byte[] b, int from, int to) {
    JsonMembers event = scanner();
    event.feed(b, from, to - from);
    if (event.finish().isPresent()) {
      return false;
    }
    boolean error = event.member("error").filter(e -> e.kind() != JsonKind.NULL).isPresent();
    if (error) {
      sawError();
    }
    Optional<JsonMember> reported =
        event.member("usage").filter(member -> member.kind() == JsonKind.OBJECT);
    reported.filter(JsonMember::isWhole).ifPresent(this::usage);
    return reported.isPresent() && !error && hasNoChoices(event);
  }

  private void usage(JsonMember reported) {
    Optional<TokenUsage> tokens = TokenUsage.parse(reported.bytes(), 0, reported.bytes().length);
    tokens.ifPresent(parsed -> usage = parsed);
    if (tokens.isEmpty()) {
      AnswerScan.secondsIn(reported.bytes()).ifPresent(parsed -> seconds = parsed);
    }
  }

  private JsonMembers scanner() {
    if (members == null) {
      members = new JsonMembers(JsonMembers.DEPTH_MAX_DEFAULT, WATCHES);
    } else {
      members.reset();
    }
    return members;
  }

  private void sawError() {
    errorSeen = true;
    if (firstEvent == FirstEvent.NONE) {
      firstEvent = FirstEvent.ERROR;
    }
  }

  private static boolean hasNoChoices(JsonMembers event) {
    return event.member("choices").map(EventMeter::isEmptyArray).orElse(true);
  }

  private static boolean isEmptyArray(JsonMember choices) {
    if (choices.kind() != JsonKind.ARRAY || !choices.isWhole()) {
      return false;
    }
    byte[] bytes = choices.bytes();
    for (int i = 1; i < bytes.length - 1; i++) {
      if (bytes[i] > ' ' || bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  FirstEvent firstEvent() {
    return firstEvent;
  }

  Optional<TokenUsage> usage() {
    return Optional.ofNullable(usage);
  }

  Optional<BigDecimal> seconds() {
    return Optional.ofNullable(seconds);
  }

  TextSample sample() {
    return sample;
  }

  boolean errorSeen() {
    return errorSeen;
  }

  boolean doneSeen() {
    return doneSeen;
  }

  /** Whether an event said why the generation ended. */
  boolean finishSeen() {
    return finishSeen;
  }

  long contentEvents() {
    return contentEvents;
  }

  long contentBytes() {
    return contentBytes;
  }
}
