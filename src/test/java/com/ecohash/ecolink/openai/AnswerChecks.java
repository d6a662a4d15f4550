package com.ecohash.ecolink.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What must hold of {@link AnswerScan} and of hints, whatever JSON they are fed. */
final class AnswerChecks {
  private static final List<String> HINTS = List.of("n", "size", "seconds");
  private static final int DEPTH_MAX = RequestReference.DEPTH_MAX;

  private AnswerChecks() {}

  static void check(byte[] answer) {
    checkPieces(answer);
    boolean unicode =
        JsonText.utf8(answer, 0, answer.length)
            .filter(text -> !RequestReference.hasHalfPair(text))
            .isPresent();
    if (answer.length <= RequestChecks.BODY_BYTES_MAX && unicode) {
      checkAgainstJackson(answer);
    }
  }

  static void checkPieces(byte[] answer) {
    String whole = seen(scan(answer, answer.length));
    for (int piece : new int[] {1, 3, 20}) {
      assertThat(seen(scan(answer, piece))).as("pieces").isEqualTo(whole);
    }
  }

  private static AnswerScan scan(byte[] answer, int piece) {
    AnswerScan scan = new AnswerScan();
    for (int at = 0; at < answer.length; at += piece) {
      scan.feed(answer, at, Math.min(piece, answer.length - at));
    }
    return scan;
  }

  private static String seen(AnswerScan scan) {
    String renaming =
        scan.renaming("new").map(edit -> edit.offset() + "-" + edit.removedBytes()).orElse("");
    return String.join(
        " ",
        scan.usage().toString(),
        scan.seconds().toString(),
        scan.text("status").toString(),
        renaming,
        scan.items() + " " + scan.hasBegun() + scan.listsItems() + scan.reportsError(),
        scan.textBytes() + " " + scan.sample().text());
  }

  /** For UTF-8 that holds no half of a character. */
  static void checkAgainstJackson(byte[] json) {
    try {
      Optional<ObjectNode> tree = RequestReference.object(json);
      if (tree.isPresent()) {
        checkObject(json, tree.get());
      }
    } catch (IOException notJson) {
      assertThat(hints(json)).isEmpty();
    }
  }

  private static void checkObject(byte[] json, ObjectNode tree) throws IOException {
    AnswerScan scan = scan(json, 7);
    if (RequestReference.isOnce(json, List.of("data", "id"))) {
      assertThat(scan.items()).isEqualTo(tree.path("data").size());
      assertThat(scan.renaming("new").isPresent()).isEqualTo(tree.has("id"));
      if (tree.has("id")) {
        byte[] renamed = Edit.apply(scan.renaming("new").stream().toList(), json);
        assertThat(RequestReference.object(renamed)).contains(tree.deepCopy().put("id", "new"));
      }
    }
    if (RequestReference.isOnce(json, List.of("data", "error"))) {
      assertThat(scan.listsItems()).isEqualTo(tree.path("data").isArray());
      assertThat(scan.reportsError()).isEqualTo(tree.hasNonNull("error"));
    }
    hints(json).ifPresent(request -> HINTS.forEach(name -> checkHint(request, name, tree)));
  }

  private static void checkHint(ScannedRequest request, String name, ObjectNode tree) {
    JsonNode value = tree.path(name);
    Optional<String> hint = request.hint(name);
    if (hint.isPresent() && value.isTextual()) {
      assertThat(hint).contains(value.textValue());
    } else if (hint.isPresent()) {
      assertThat(value.isNumber()).isTrue();
      assertThat(Double.parseDouble(hint.get())).isEqualTo(value.doubleValue());
    } else {
      assertThat(value.isValueNode() && value.asText().length() < 10 && value.isTextual())
          .isFalse();
    }
  }

  private static Optional<ScannedRequest> hints(byte[] json) {
    RequestScan scan =
        new RequestScan(RequestScan.Form.withHints(HINTS.toArray(new String[0])), DEPTH_MAX);
    scan.feed(json, 0, json.length);
    try {
      return Optional.of(scan.finish());
    } catch (ApiException refused) {
      return Optional.empty();
    }
  }
}
