package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Reads {@code usage} objects. Any count that makes no sense makes the whole report worthless. */
final class UsageJson {
  /** Enough for any usage object that a container has been seen to send, many times over. */
  static final int BYTES_MAX = 8192;

  /** A thousand times what the longest contexts hold: beyond it a number is a mistake or worse. */
  private static final BigDecimal COUNT_MAX = BigDecimal.valueOf(1_000_000_000);

  private static final int NUMBER_BYTES_MAX = 32;

  /** So many digits are below the limit whatever they are. */
  private static final int SHORT_DIGITS_MAX = 9;

  private static final int DEPTH_MAX = 16;
  private static final long ABSENT = -1;
  private static final long ABSURD = -2;

  private static final List<JsonMembers.Watch> USAGE =
      List.of(
          new JsonMembers.Watch("prompt_tokens", NUMBER_BYTES_MAX),
          new JsonMembers.Watch("completion_tokens", NUMBER_BYTES_MAX),
          new JsonMembers.Watch("input_tokens", NUMBER_BYTES_MAX),
          new JsonMembers.Watch("output_tokens", NUMBER_BYTES_MAX),
          new JsonMembers.Watch("prompt_tokens_details", BYTES_MAX),
          new JsonMembers.Watch("completion_tokens_details", BYTES_MAX),
          new JsonMembers.Watch("input_tokens_details", BYTES_MAX),
          new JsonMembers.Watch("output_tokens_details", BYTES_MAX));
  private static final List<JsonMembers.Watch> CACHED =
      List.of(new JsonMembers.Watch("cached_tokens", NUMBER_BYTES_MAX));
  private static final List<JsonMembers.Watch> REASONING =
      List.of(new JsonMembers.Watch("reasoning_tokens", NUMBER_BYTES_MAX));

  private UsageJson() {}

  static Optional<TokenUsage> parse(byte[] b, int off, int len) {
    JsonMembers usage = new JsonMembers(DEPTH_MAX, USAGE);
    usage.feed(b, off, len);
    if (usage.finish().isPresent()) {
      return Optional.empty();
    }
    long input = either(usage, "prompt_tokens", "input_tokens");
    long output = either(usage, "completion_tokens", "output_tokens");
    long cached = detail(usage, "prompt_tokens_details", "input_tokens_details", CACHED);
    long reasoning = detail(usage, "completion_tokens_details", "output_tokens_details", REASONING);
    if (input < 0 || output == ABSURD || cached == ABSURD || reasoning == ABSURD) {
      return Optional.empty();
    }
    long outputOrNone = Math.max(output, 0);
    return Optional.of(
        new TokenUsage(
            input,
            Math.min(Math.max(cached, 0), input),
            outputOrNone,
            Math.min(Math.max(reasoning, 0), outputOrNone)));
  }

  private static long either(JsonMembers members, String name, String otherName) {
    long count = count(members, name);
    return count == ABSENT ? count(members, otherName) : count;
  }

  private static long detail(
      JsonMembers usage, String name, String otherName, List<JsonMembers.Watch> watch) {
    return usage
        .member(name)
        .filter(details -> details.kind() == JsonKind.OBJECT)
        .or(() -> usage.member(otherName))
        .filter(details -> details.kind() == JsonKind.OBJECT && details.isWhole())
        .map(details -> detail(details.bytes(), watch))
        .orElse(ABSENT);
  }

  private static long detail(byte[] details, List<JsonMembers.Watch> watch) {
    JsonMembers members = new JsonMembers(DEPTH_MAX, watch);
    members.feed(details, 0, details.length);
    return count(members, watch.get(0).name());
  }

  private static long count(JsonMembers members, String name) {
    return members
        .member(name)
        .filter(value -> value.kind() != JsonKind.NULL)
        .map(UsageJson::number)
        .orElse(ABSENT);
  }

  private static long number(JsonMember value) {
    if (value.kind() != JsonKind.NUMBER || !value.isWhole()) {
      return ABSURD;
    }
    return isShortInteger(value.bytes()) ? integer(value.bytes()) : decimal(value.bytes());
  }

  private static boolean isShortInteger(byte[] number) {
    for (byte c : number) {
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return number.length <= SHORT_DIGITS_MAX;
  }

  private static long integer(byte[] digits) {
    long number = 0;
    for (byte c : digits) {
      number = 10 * number + c - '0';
    }
    return number;
  }

  private static long decimal(byte[] text) {
    try {
      BigDecimal number = new BigDecimal(new String(text, US_ASCII));
      boolean sane = number.signum() >= 0 && number.compareTo(COUNT_MAX) <= 0;
      return sane ? number.longValueExact() : ABSURD;
    } catch (NumberFormatException | ArithmeticException hugeExponentOrFraction) {
      return ABSURD;
    }
  }
}
