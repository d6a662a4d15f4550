package com.ecohash.ecolink.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What {@link RequestScan} should make of a chat request, told a second time by Jackson. */
final class RequestReference {
  static final int DEPTH_MAX = 40;

  private static final ObjectMapper JACKSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxNumberLength(Integer.MAX_VALUE)
                          .maxNameLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** What can be seen of a request that is taken. */
  record Read(String model, boolean streaming, boolean usageAdded, ObjectNode tree) {}

  private static final List<String> ONCE =
      List.of("model", "stream", "stream_options", "option include_usage");

  private static final Pattern PAIR =
      Pattern.compile("\\\\u[dD][89abAB]\\p{XDigit}{2}\\\\u[dD][c-fC-F]");
  private static final Pattern HALF_PAIR = Pattern.compile("\\\\u[dD][89a-fA-F]");

  private RequestReference() {}

  /** Whether half a surrogate pair may be escaped in it, which Jackson does not take in names. */
  static boolean hasHalfPair(String json) {
    return HALF_PAIR.matcher(PAIR.matcher(json).replaceAll("")).find();
  }

  static Optional<Read> read(byte[] body) {
    try {
      return object(body).filter(tree -> isUnambiguous(body)).flatMap(RequestReference::read);
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  private static Optional<Read> read(ObjectNode tree) {
    String model = tree.path("model").isTextual() ? tree.path("model").textValue() : "";
    boolean streaming = tree.path("stream").equals(tree.booleanNode(true));
    JsonNode options = tree.path("stream_options");
    JsonNode usage = options.path("include_usage");
    boolean silent =
        usage.isMissingNode() || usage.isNull() || usage.equals(tree.booleanNode(false));
    boolean added = options.isMissingNode() || options.isNull() || (options.isObject() && silent);
    return model.isEmpty()
        ? Optional.empty()
        : Optional.of(new Read(model, streaming, streaming && added, tree));
  }

  static Optional<ObjectNode> object(byte[] body) throws IOException {
    return JACKSON.readTree(body) instanceof ObjectNode object
        ? Optional.of(object)
        : Optional.empty();
  }

  /** The tree that the edited body should be. */
  static ObjectNode edited(Read read, String model, boolean addUsage) {
    ObjectNode tree = read.tree().deepCopy();
    tree.put("model", model);
    if (addUsage && read.usageAdded()) {
      ObjectNode options =
          tree.path("stream_options") instanceof ObjectNode object
              ? object
              : tree.putObject("stream_options");
      options.put("include_usage", true);
    }
    return tree;
  }

  /** Nothing that routing or billing depends on is there twice. */
  private static boolean isUnambiguous(byte[] body) {
    return isOnce(body, ONCE);
  }

  /** None of these members of a valid object is there twice. */
  static boolean isOnce(byte[] body, List<String> names) {
    List<String> seen = new ArrayList<>();
    try (JsonParser parser = JACKSON.createParser(body)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        seen.add(name);
        boolean object = parser.nextToken() == JsonToken.START_OBJECT;
        if (object && name.equals("stream_options")) {
          while (parser.nextToken() == JsonToken.FIELD_NAME) {
            seen.add("option " + parser.currentName());
            parser.nextToken();
            parser.skipChildren();
          }
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names.stream().allMatch(name -> Collections.frequency(seen, name) <= 1);
  }
}
