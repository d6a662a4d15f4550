package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@link ChatEvents} should make of a stream, told a second time: the whole stream at once, as
 * text of a character a byte, with Jackson for every event.
 */
final class StreamReference {
  /** What can be seen of a stream after it ended. */
  record Read(
      String output,
      FirstEvent first,
      Optional<TokenUsage> usage,
      boolean error,
      boolean done,
      long contentEvents,
      long unreadEvents,
      boolean atBoundary) {}

  /** A member's first occurrence: its value's first token and its text. */
  private record Member(JsonToken kind, String text) {}

  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";
  private static final Pattern SUSPICIOUS = Pattern.compile("\"(usage|error)\"(?! *: *null)");
  private static final List<String> WATCHED = List.of("usage", "choices", "error");
  private static final JsonFactory JACKSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonMembers.DEPTH_MAX_DEFAULT)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final String stream;
  private final boolean drop;
  private final int eventBytesMax;
  private final StringBuilder output = new StringBuilder();
  private boolean anyEvent;
  private FirstEvent first = FirstEvent.NONE;
  private Optional<TokenUsage> usage = Optional.empty();
  private boolean error;
  private boolean done;
  private long contentEvents;
  private long unreadEvents;
  private boolean atBoundary = true;

  private StreamReference(byte[] stream, boolean drop, int eventBytesMax) {
    this.stream = new String(stream, ISO_8859_1);
    this.drop = drop;
    this.eventBytesMax = eventBytesMax;
  }

  static Read read(byte[] stream, boolean drop, int eventBytesMax) {
    return new StreamReference(stream, drop, eventBytesMax).read();
  }

  private Read read() {
    for (int at = 0; at < stream.length(); ) {
      char c = stream.charAt(at);
      boolean comment = c == ':';
      if (comment || c == '\r' || c == '\n') {
        int lineEnd = lineEnd(at);
        int after = afterLineEnd(lineEnd);
        output.append(stream, at, after);
        atBoundary = lineEnd < stream.length();
        at = after;
      } else {
        at = event(at);
      }
    }
    return new Read(
        output.toString(), first, usage, error, done, contentEvents, unreadEvents, atBoundary);
  }

  private int event(int from) {
    int line = from;
    while (line < stream.length() && lineEnd(line) > line) {
      line = afterLineEnd(lineEnd(line));
    }
    boolean whole = line < stream.length();
    int after = whole ? afterLineEnd(line) : line;
    boolean unread = line - from > eventBytesMax;
    boolean usageOnly = unread ? passUnread() : isUsageOnly(stream.substring(from, line));
    boolean dropped = usageOnly && drop;
    if (!dropped) {
      output.append(stream, from, after);
    }
    atBoundary = whole || dropped;
    return after;
  }

  private boolean passUnread() {
    unreadEvents++;
    contentEvents++;
    anyEvent = true;
    sawData();
    return false;
  }

  private boolean isUsageOnly(String event) {
    boolean marked = !anyEvent && event.startsWith(BYTE_ORDER_MARK);
    anyEvent = true;
    List<String> data = new ArrayList<>();
    for (String line : (marked ? event.substring(3) : event).split("\\r\\n|\\r|\\n")) {
      if (line.equals("data")) {
        data.add("");
      } else if (line.startsWith("data:")) {
        data.add(line.substring(line.startsWith("data: ") ? 6 : 5));
      }
    }
    String payload = String.join("\n", data).replaceAll("[\\x00-\\x20]+\\z", "");
    if (payload.isEmpty()) {
      return false;
    }
    boolean usageOnly = false;
    if (payload.equals("[DONE]")) {
      done = true;
    } else {
      usageOnly =
          SUSPICIOUS.matcher(payload).find() && members(payload).map(this::judge).orElse(false);
      contentEvents += usageOnly ? 0 : 1;
    }
    sawData();
    return usageOnly;
  }

  private boolean judge(Map<String, Member> members) {
    boolean failed =
        Optional.ofNullable(members.get("error"))
            .filter(member -> member.kind() != JsonToken.VALUE_NULL)
            .isPresent();
    if (failed) {
      error = true;
      first = first == FirstEvent.NONE ? FirstEvent.ERROR : first;
    }
    Optional<byte[]> reported =
        Optional.ofNullable(members.get("usage"))
            .filter(member -> member.kind() == JsonToken.START_OBJECT)
            .map(member -> member.text().getBytes(ISO_8859_1));
    reported
        .filter(bytes -> bytes.length <= UsageJson.BYTES_MAX)
        .flatMap(bytes -> TokenUsage.parse(bytes, 0, bytes.length))
        .ifPresent(parsed -> usage = Optional.of(parsed));
    boolean noChoices =
        Optional.ofNullable(members.get("choices"))
            .map(choices -> choices.text().matches("\\[[ \\t\\r\\n]{0,62}\\]"))
            .orElse(true);
    return reported.isPresent() && !failed && noChoices;
  }

  private void sawData() {
    first = first == FirstEvent.NONE ? FirstEvent.DATA : first;
  }

  /** Empty if the payload is no JSON object. */
  private static Optional<Map<String, Member>> members(String payload) {
    String json = payload.startsWith(BYTE_ORDER_MARK) ? payload.substring(3) : payload;
    Map<String, Member> members = new HashMap<>();
    try (JsonParser parser = JACKSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        byte[] nameBytes = name.getBytes(ISO_8859_1);
        boolean latin = name.chars().allMatch(c -> c < 0x100);
        if (latin && JsonText.utf8(nameBytes, 0, nameBytes.length).isEmpty()) {
          return Optional.empty();
        }
        JsonToken kind = parser.nextToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.getText(); // else the parser has not read the token to its end
        parser.skipChildren();
        int end = (int) parser.currentLocation().getCharOffset();
        if (WATCHED.contains(name)) {
          members.putIfAbsent(name, new Member(kind, json.substring(start, end)));
        }
      }
      return parser.nextToken() == null ? Optional.of(members) : Optional.empty();
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  private int lineEnd(int from) {
    int at = from;
    while (at < stream.length() && stream.charAt(at) != '\r' && stream.charAt(at) != '\n') {
      at++;
    }
    return at;
  }

  private int afterLineEnd(int lineEnd) {
    return stream.startsWith("\r\n", lineEnd)
        ? lineEnd + 2
        : Math.min(lineEnd + 1, stream.length());
  }
}
