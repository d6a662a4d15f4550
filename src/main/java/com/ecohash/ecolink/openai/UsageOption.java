package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.Optional;

/**
 * What a chat request says in {@code stream_options.include_usage}, and the one edit that makes it
 * ask for usage.
 */
sealed interface UsageOption {
  /**
   * The client's own word stands: it asks for usage, or says something that is not ours to read.
   */
  record Untouched() implements UsageOption {}

  /** Usage is asked for by this edit, and by it alone. */
  record Added(Edit edit) implements UsageOption {}

  byte[] MEMBER = ascii(",\"stream_options\":{\"include_usage\":true}");
  byte[] OBJECT = ascii("{\"include_usage\":true}");
  byte[] FIRST_OPTION = ascii("\"include_usage\":true,");
  byte[] ONLY_OPTION = ascii("\"include_usage\":true");
  byte[] TRUE = ascii("true");

  /** More than any client's stream options need. */
  int CAPTURE_BYTES_MAX = 4096;

  static UsageOption of(Optional<JsonMember> streamOptions, JsonMember model) {
    return streamOptions
        .map(UsageOption::ofPresent)
        .orElseGet(() -> new Added(new Edit(model.end(), 0, MEMBER)));
  }

  private static UsageOption ofPresent(JsonMember options) {
    return switch (options.kind()) {
      case NULL -> new Added(replacing(options.start(), options.end(), OBJECT));
      case OBJECT -> ofObject(options);
      case STRING, NUMBER, ARRAY, TRUE, FALSE -> new Untouched();
    };
  }

  private static UsageOption ofObject(JsonMember options) {
    if (!options.isWhole()) {
      throw ApiException.invalidRequest(
          "stream_options",
          "`stream_options` is longer than "
              + CAPTURE_BYTES_MAX
              + " bytes; leave out what is not needed.");
    }
    JsonMembers inner =
        new JsonMembers(Integer.MAX_VALUE, List.of(new JsonMembers.Watch("include_usage", 0)));
    inner.feed(options.bytes(), 0, options.bytes().length);
    if (inner.count("include_usage") > 1) {
      throw ApiException.invalidRequest(
          "stream_options",
          "`stream_options.include_usage` is given more than once; give it once.");
    }
    return inner
        .member("include_usage")
        .map(value -> ofIncludeUsage(options.start(), value))
        .orElseGet(() -> new Added(new Edit(options.start() + 1, 0, firstOption(options.bytes()))));
  }

  private static UsageOption ofIncludeUsage(long base, JsonMember value) {
    return switch (value.kind()) {
      case FALSE, NULL -> new Added(replacing(base + value.start(), base + value.end(), TRUE));
      case TRUE, STRING, NUMBER, OBJECT, ARRAY -> new Untouched();
    };
  }

  private static byte[] firstOption(byte[] object) {
    int at = 1;
    while (object[at] <= ' ' && object[at] >= 0) {
      at++;
    }
    return object[at] == '}' ? ONLY_OPTION : FIRST_OPTION;
  }

  private static Edit replacing(long start, long end, byte[] by) {
    return new Edit(start, end - start, by);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
