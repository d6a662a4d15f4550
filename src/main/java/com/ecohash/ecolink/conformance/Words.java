package com.ecohash.ecolink.conformance;

import com.ecohash.ecolink.relay.Observed;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What is told of a container's answers: short, in one line, and without its credential. */
final class Words {
  private static final int QUOTE_LENGTH_MAX = 160;

  private Words() {}

  /** What a container wrote, as data for a sentence. */
  static String quoted(String text, Optional<String> credential) {
    String hidden = credential.map(key -> text.replace(key, "…")).orElse(text);
    StringBuilder plain = new StringBuilder();
    hidden
        .codePoints()
        .limit(QUOTE_LENGTH_MAX)
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
        .forEach(plain::appendCodePoint);
    return "“" + plain.toString().strip() + (hidden.length() > plain.length() ? "…" : "") + "”";
  }

  /** How an answer ended that was no good. */
  static String ending(Observed seen) {
    if (seen.failure().isPresent()) {
      return switch (seen.failure().get()) {
        case CONNECT_FAILED -> "no connection could be made";
        case CONNECT_TIMEOUT -> "no connection was made in time";
        case FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, TOTAL_TIMEOUT -> "there was no whole answer in time";
        case MALFORMED -> "what came back is not HTTP/1.1";
        case OVERLOADED -> "too many calls to it are under way";
        case REFUSED_STREAM -> "the container refused the request's stream";
        case CLOSED_BEFORE_HEAD, STALE_CONNECTION -> "the connection was closed without an answer";
        case CLOSED_IN_BODY -> "the connection broke off in the middle of the answer";
        case HEAD_TOO_LARGE, ANSWER_TOO_LARGE -> "the answer is longer than what is looked at";
      };
    }
    return seen.end() == Observed.End.TOO_LONG
        ? "the answer is longer than what is looked at"
        : "the answer was HTTP " + seen.status();
  }

  static String millis(long nanos) {
    return String.format(Locale.ROOT, "%d ms", Duration.ofNanos(nanos).toMillis());
  }
}
