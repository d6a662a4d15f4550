package com.ecohash.ecolink.conformance;

import com.ecohash.ecolink.relay.Observed;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads containers' answers. What is no JSON, or not of the form, is missing. */
final class Answers {
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(50).build())
              .build());

  /**
   * An event of a stream.
   *
   * @param nanos when its last byte came
   */
  record Event(String data, long nanos) {
    JsonNode json() {
      return parse(data);
    }
  }

  private Answers() {}

  static boolean isOk(Observed seen) {
    return seen.status() >= 200 && seen.status() <= 299 && seen.end() == Observed.End.WHOLE;
  }

  static boolean isRefused(Observed seen) {
    return seen.status() == 401 || seen.status() == 403;
  }

  static JsonNode json(Observed seen) {
    return parse(new String(seen.body(), StandardCharsets.UTF_8));
  }

  private static JsonNode parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node == null ? MissingNode.getInstance() : node;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** Whether an error has OpenAI's form: an object with a message in {@code error}. */
  static boolean isOpenAiError(Observed seen) {
    JsonNode error = json(seen).path("error");
    return error.path("message").isTextual() && error.has("type") && error.has("code");
  }

  /** A sentence of the container's own about what it did not like; its whole answer if none. */
  static String complaint(Observed seen) {
    JsonNode json = json(seen);
    for (JsonNode place :
        new JsonNode[] {
          json.at("/error/message"), json.path("message"), json.path("detail"), json.path("error")
        }) {
      if (place.isTextual() && !place.asText().isBlank()) {
        return place.asText();
      }
    }
    return new String(seen.body(), StandardCharsets.UTF_8);
  }

  /** The events of a stream, each with the moment at which it was whole. */
  static List<Event> events(Observed seen) {
    String text = new String(seen.body(), StandardCharsets.ISO_8859_1); // a character is a byte
    List<Event> events = new ArrayList<>();
    int begin = 0;
    while (begin < text.length()) {
      int lineEnd = text.indexOf('\n', begin);
      int end = lineEnd < 0 ? text.length() : lineEnd;
      String line = text.substring(begin, end).stripTrailing();
      if (line.startsWith("data:")) {
        byte[] bytes = line.substring(5).strip().getBytes(StandardCharsets.ISO_8859_1);
        events.add(new Event(new String(bytes, StandardCharsets.UTF_8), arrivalOf(end, seen)));
      }
      begin = end + 1;
    }
    return events;
  }

  private static long arrivalOf(int offset, Observed seen) {
    for (Observed.Piece piece : seen.pieces()) {
      if (piece.bytes() >= offset) {
        return piece.nanos();
      }
    }
    return seen.nanos();
  }
}
