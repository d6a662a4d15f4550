package com.ecohash.ecolink.conformance;

import com.ecohash.ecolink.conformance.Answers.Event;
import com.ecohash.ecolink.relay.Observed;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether a chat streams, counts, stops, and complains as clients expect it. */
final class ChatChecks {
  private static final String PATH = "/v1/chat/completions";
  private static final int TOKENS = 16;

  /** Enough that an engine which does not notice a client's leaving is busy for a while. */
  private static final int TOKENS_TO_LEAVE = 512;

  /** Below it, events that come one by one cannot be told from ones that were gathered. */
  private static final long TELLABLE_NANOS = Duration.ofMillis(100).toNanos();

  /** Events that come closer together were sent together. */
  private static final long TOGETHER_NANOS = Duration.ofMillis(2).toNanos();

  private static final long PROMPT_NANOS = Duration.ofSeconds(3).toNanos();

  private final Questions questions;

  ChatChecks(Questions questions) {
    this.questions = questions;
  }

  List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    Observed seen = questions.post(PATH, stream(TOKENS, true));
    boolean options = seen.status() != 400 && seen.status() != 422;
    if (!options) {
      seen = questions.post(PATH, stream(TOKENS, false));
    }
    Finding streaming = streaming(seen);
    findings.add(streaming);
    if (streaming.result() != Finding.Result.FAILED) {
      findings.add(usage(seen, options));
      findings.add(cancel());
    }
    findings.add(new ErrorChecks(questions, PATH).malformed());
    findings.add(new ErrorChecks(questions, PATH).unknownModel());
    return findings;
  }

  private Finding streaming(Observed seen) {
    if (seen.status() != 200 || seen.end() != Observed.End.WHOLE) {
      return refused(seen);
    }
    List<Event> events = Answers.events(seen);
    boolean isStream =
        seen.contentType().filter(type -> type.startsWith("text/event-stream")).isPresent();
    if (!isStream || events.isEmpty()) {
      return Finding.failed(
          "streaming",
          "A chat with stream: true is answered with "
              + Words.quoted(seen.contentType().orElse("no Content-Type"), key())
              + " and "
              + events.size()
              + " events.",
          Advice.STREAMING);
    }
    return spread(seen, events);
  }

  private Finding refused(Observed seen) {
    boolean silent = seen.status() == 0;
    String what =
        "A streamed chat of "
            + TOKENS
            + " tokens failed: "
            + Words.ending(seen)
            + (silent ? "" : ", " + Words.quoted(Answers.complaint(seen), key()))
            + ".";
    String advice =
        Answers.isRefused(seen)
            ? Advice.CREDENTIAL
            : seen.status() == 404
                ? Advice.category(PATH) + " " + Advice.name(questions.instance())
                : Advice.LIMIT;
    return Finding.failed("streaming", what, advice);
  }

  /** Whether the events came as they were made. */
  private static Finding spread(Observed seen, List<Event> events) {
    Event last = events.get(events.size() - 1);
    long first = events.get(0).nanos();
    String count = events.size() + " events, the first after " + Words.millis(first);
    if (!last.data().equals("[DONE]")) {
      return Finding.warning(
          "streaming",
          "The stream (" + count + ") does not end with data: [DONE].",
          "OpenAI's clients wait for it. " + Advice.STREAMING);
    }
    if (last.nanos() < TELLABLE_NANOS) {
      return Finding.passed(
          "streaming",
          count
              + "; the whole answer took "
              + Words.millis(last.nanos())
              + ", too short to tell whether events are gathered on the way.");
    }
    if (last.nanos() - first < TOGETHER_NANOS) {
      return Finding.warning(
          "streaming",
          "All " + count + ", came together: the answer is gathered before it is sent on.",
          Advice.STREAMING);
    }
    return Finding.passed(
        "streaming", count + ", the last " + Words.millis(last.nanos() - first) + " later.");
  }

  private static Finding usage(Observed seen, boolean optionsTaken) {
    if (!optionsTaken) {
      return Finding.warning(
          "usage_in_streams", "The container refuses stream_options.", Advice.USAGE);
    }
    for (Event event : Answers.events(seen)) {
      JsonNode usage = event.json().path("usage");
      if (usage.path("prompt_tokens").isNumber() && usage.path("completion_tokens").isNumber()) {
        return Finding.passed(
            "usage_in_streams",
            "The stream reports "
                + usage.path("prompt_tokens").asLong()
                + " input and "
                + usage.path("completion_tokens").asLong()
                + " output tokens.");
      }
    }
    return Finding.warning(
        "usage_in_streams",
        "The stream does not report its tokens, though stream_options.include_usage asked for it.",
        Advice.USAGE);
  }

  /** What can be seen from outside: whether the next one is served at once. */
  private Finding cancel() {
    Observed left = questions.post(PATH, stream(TOKENS_TO_LEAVE, false), body -> body.length > 0);
    if (left.end() != Observed.End.LEFT) {
      return Finding.warning(
          "cancel",
          "A stream could not be left in the middle: " + Words.ending(left) + ".",
          Advice.LIMIT);
    }
    Observed next = questions.post(PATH, stream(1, false), body -> body.length > 0);
    boolean came = next.status() == 200 && !next.pieces().isEmpty();
    String wait = came ? Words.millis(next.pieces().get(0).nanos()) : Words.ending(next);
    return came && next.pieces().get(0).nanos() < PROMPT_NANOS
        ? Finding.passed(
            "cancel",
            "After a stream was left, the next request was served in "
                + wait
                + ". Whether the engine ended the first one is not to be seen from outside.")
        : Finding.warning(
            "cancel",
            "After a stream was left, the next request had to wait ("
                + wait
                + "): the engine seems"
                + " to finish what nobody reads.",
            Advice.CANCEL);
  }

  private java.util.Optional<String> key() {
    return questions.instance().upstreamKey();
  }

  private String stream(int tokens, boolean usage) {
    return "{\"model\":\""
        + jsonText(questions.instance().name())
        + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Count from 1 to 100.\"}],"
        + "\"max_tokens\":"
        + tokens
        + ",\"stream\":true"
        + (usage ? ",\"stream_options\":{\"include_usage\":true}}" : "}");
  }

  static String jsonText(String plain) {
    return new String(JsonStringEncoder.getInstance().quoteAsUTF8(plain), StandardCharsets.UTF_8);
  }
}
