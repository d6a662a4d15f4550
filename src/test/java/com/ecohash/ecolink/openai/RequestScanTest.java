package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestScanTest {
  private static final ObjectMapper JACKSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final List<String> MODELS =
      List.of("my-llama:142", "m", "ünï/cödé:7", "a\"b\\c:1", "😀:3", "org/llama3:8b:142");
  private static final List<String> STREAMS = List.of("true", "true", "true", "false", "null", "1");
  private static final List<String> STREAM_OPTIONS =
      List.of(
          "null",
          "{}",
          "{ }",
          "{\"include_usage\":true}",
          "{\"include_usage\" : false, \"x\":1}",
          "{\"x\":[{}],\"include_usag\\u0065\":null}",
          "{\"x\":{\"include_usage\":true}}",
          "\"odd\"",
          "[1]",
          "{\"include_usage\":\"yes\"}");

  @Provide
  Arbitrary<String> chatBodies() {
    return Arbitraries.randomValue(RequestScanTest::chatBody);
  }

  private static String chatBody(Random random) {
    JsonTexts texts = new JsonTexts(random);
    List<String> members = new ArrayList<>();
    members.add(texts.member("model", texts.string(texts.pick(MODELS))));
    if (random.nextBoolean()) {
      members.add(texts.member("stream", texts.pick(STREAMS)));
    }
    if (random.nextBoolean()) {
      members.add(texts.member("stream_options", texts.pick(STREAM_OPTIONS)));
    }
    return (random.nextInt(10) == 0 ? "\uFEFF" : "") + texts.objectWith(members);
  }

  @Property(tries = 3000)
  void editsChangeTheModelAndNothingElse(@ForAll("chatBodies") String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    ScannedRequest scanned = scan(bytes, bytes.length);
    ObjectNode expected = (ObjectNode) JACKSON.readTree(bytes);
    assertThat(scanned.model()).isEqualTo(expected.get("model").textValue());
    assertThat(scanned.streaming())
        .isEqualTo(expected.path("stream").equals(JACKSON.readTree("true")));

    List<Edit> edits = scanned.edits("my-\"llama\"", false);

    assertThat(edits).hasSize(1);
    Edit edit = edits.get(0);
    String removed = new String(bytes, (int) edit.offset(), (int) edit.removedBytes(), UTF_8);
    assertThat(JACKSON.readTree(removed).textValue()).isEqualTo(scanned.model());
    expected.put("model", "my-\"llama\"");
    assertThat(JACKSON.readTree(Edit.apply(edits, bytes))).isEqualTo(expected);
  }

  @Property(tries = 3000)
  void usageIsAddedOnlyWhereTheClientSaidNothing(@ForAll("chatBodies") String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    ScannedRequest scanned = scan(bytes, bytes.length);
    ObjectNode expected = (ObjectNode) JACKSON.readTree(bytes);
    boolean added = scanned.streaming() && addUsage(expected);
    expected.put("model", "new");

    List<Edit> edits = scanned.edits("new", true);
    byte[] edited = Edit.apply(edits, bytes);

    assertThat(JACKSON.readTree(edited)).isEqualTo(expected);
    assertThat(edits).hasSize(added ? 2 : 1);
    assertThat(scanned.clientAskedForUsage()).isEqualTo(scanned.streaming() && !added);
    assertThat(Edit.lengthAfter(edits, bytes.length)).isEqualTo(edited.length);
    assertThat(edits).isSortedAccordingTo((a, b) -> Long.compare(a.offset(), b.offset()));
  }

  private static boolean addUsage(ObjectNode body) {
    JsonNode options = body.path("stream_options");
    if (options.isMissingNode() || options.isNull()) {
      body.putObject("stream_options").put("include_usage", true);
      return true;
    }
    JsonNode usage = options.path("include_usage");
    boolean silent = usage.isMissingNode() || usage.isNull() || usage.equals(usage(false));
    if (options instanceof ObjectNode object && silent) {
      object.put("include_usage", true);
      return true;
    }
    return false;
  }

  private static JsonNode usage(boolean value) {
    return JACKSON.getNodeFactory().booleanNode(value);
  }

  @Property(tries = 500)
  void chunkingIsIrrelevant(@ForAll("chatBodies") String body, @ForAll long seed) {
    byte[] bytes = body.getBytes(UTF_8);
    ScannedRequest whole = scan(bytes, bytes.length);
    Random random = new Random(seed);
    for (int pieceMax : new int[] {1, 2, 7, 40}) {
      RequestScan scan = new RequestScan(RequestScan.Form.CHAT, 512);
      for (int at = 0; at < bytes.length; ) {
        int length = Math.min(random.nextInt(pieceMax) + 1, bytes.length - at);
        byte[] padded = new byte[length + 3];
        System.arraycopy(bytes, at, padded, 3, length);
        assertThat(scan.feed(padded, 3, length)).isTrue();
        at += length;
      }
      ScannedRequest pieces = scan.finish();
      assertThat(pieces)
          .usingRecursiveComparison()
          .ignoringFields("sample.bytes") // grown in other steps
          .isEqualTo(whole);
      assertThat(pieces.sample().text()).isEqualTo(whole.sample().text());
    }
  }

  @Test
  void anUnchangedModelIsNotEdited() {
    ScannedRequest scanned = scan("{\"mod\\u0065l\":\"pl\\u0061tform\"}");

    assertThat(scanned.model()).isEqualTo("platform");
    assertThat(scanned.edits("platform", true)).isEmpty();
  }

  @Test
  void optionsBeforeTheModelAreEditedFirst() {
    String body = "{\"stream_options\":{\"a\":1},\"stream\":true,\"model\":\"m:1\"}";

    assertThat(edited(body, "m"))
        .isEqualTo(
            "{\"stream_options\":{\"include_usage\":true,\"a\":1},\"stream\":true,\"model\":\"m\"}");
  }

  @Test
  void absentOptionsFollowTheModel() {
    assertThat(edited("{\"model\":\"m:1\" ,\"stream\":true}", "m"))
        .isEqualTo(
            "{\"model\":\"m\",\"stream_options\":{\"include_usage\":true} ,\"stream\":true}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"model\":null}",
        "{\"model\":7}",
        "{\"model\":\"\"}",
        "{\"model\":\"a\",\"model\":\"a\"}",
        "{\"model\":\"a\",\"\\u006dodel\":\"b\"}",
        "{\"x\":{\"model\":\"a\"}}",
        "{\"Model\":\"a\"}"
      })
  void aModelThatIsNotNamedOnceIsRefused(String body) {
    assertRefused(body, "model", "model");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"model\":\"a\",\"stream\":true,\"str\\u0065am\":false} | stream",
        "{\"model\":\"a\",\"stream_options\":{},\"stream_options\":null} | stream_options",
        "{\"model\":\"a\",\"stream_options\":{\"include_usage\":true,\"include_usage\":false}} | stream_options",
      })
  void whatIsBilledDoesNotHangOnWhichOfTwoIsBelieved(String body, String param) {
    assertRefused(body, param, "more than once");
  }

  @Test
  void norOnWhichOfTwoHintsIs() {
    RequestScan scan = new RequestScan(RequestScan.Form.withHints("n"), 4);
    byte[] body = "{\"model\":\"a\",\"n\":10,\"\\u006e\":1}".getBytes(UTF_8);
    scan.feed(body, 0, body.length);

    assertThatThrownBy(scan::finish).hasMessageContaining("`n` is given more than once");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | The request body is empty",
        "`  ` | The request body is empty",
        "{\"model\":\"a\",}} | not JSON: unexpected '}' at byte 13",
        "{\"model\":\"a\"}x | not JSON: unexpected 'x' at byte 13",
        "[1] | not a JSON object: it begins with '[' at byte 0",
        "{\"model\":\"a | The body ends at byte 11 in the middle of a string",
        "{\"model\":\"a\",\"n\":[1, | The body ends at byte 20 in the middle of an array",
        "{\"model\":\"a\",\"n\":1 | The body ends at byte 18 in the middle of a number",
        "{\"n\":[[[[1]]]]} | nested deeper than 4 at byte 8 (limit `ecolink.limits.json-depth`)",
      })
  void brokenBodiesAreRefusedWithTheReason(String body, String message) {
    RequestScan scan = new RequestScan(RequestScan.Form.withHints(), 4);
    byte[] bytes = body.getBytes(UTF_8);
    scan.feed(bytes, 0, bytes.length);

    assertThatThrownBy(scan::finish).isInstanceOf(ApiException.class).hasMessageContaining(message);
  }

  @Test
  void controlCharactersInStringsAreRefused() {
    assertRefusedWithoutParam("{\"model\":\"a\nb\"}", "unexpected byte 0x0a at byte 11");
  }

  @Test
  void aModelThatIsNoUtf8IsRefused() {
    byte[] body = "{\"model\":\"a?\"}".getBytes(UTF_8);
    body[11] = (byte) 0xC0;

    assertThatThrownBy(() -> scan(body, body.length)).hasMessageContaining("not UTF-8");
  }

  @Test
  void aNameInOverlongUtf8CannotHideAModel() {
    byte[] body = "{\"model\":\"a\",\"mod??l\":\"b\"}".getBytes(UTF_8);
    body[17] = (byte) 0xC1;
    body[18] = (byte) 0xA5;

    assertThatThrownBy(() -> scan(body, body.length)).hasMessageContaining("not UTF-8");
  }

  @Test
  void halfACharacterCannotHideAModel() {
    assertRefusedWithoutParam("{\"model\":\"a\",\"mod\\ud800el\":\"b\"}", "not UTF-8");
    assertThat(scan("{\"model\":\"a\",\"\\ud83d\\ude00\":\"\\ud800\"}").model()).isEqualTo("a");
  }

  @Test
  void longModelsAndLongOptionsAreRefused() {
    String longText = "x".repeat(5000);

    assertRefused("{\"model\":\"" + longText + "\"}", "model", "longer than");
    assertRefused(
        "{\"model\":\"a\",\"stream_options\":{\"x\":\"" + longText + "\"}}",
        "stream_options",
        "longer than");
  }

  @Test
  void textIsWhatStandsInStringsButForWatchedMembersAndDataUrls() {
    ScannedRequest scanned =
        scan(
            "{\"model\":\"a:1\",\"messages\":[{\"role\":\"user\",\"content\":[\"hello\","
                + "{\"url\":\"data:image/png;base64,AAAA\"}]}],\"n\":1,\"data\":\"dat\"}");

    assertThat(scanned.textBytes()).isEqualTo("user".length() + "hello".length() + "dat".length());
  }

  private static void assertRefused(String body, String param, String message) {
    assertThatThrownBy(() -> scan(body))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.type()).isEqualTo(ErrorType.INVALID_REQUEST);
              assertThat(e.param()).contains(param);
              assertThat(e).hasMessageContaining(message);
            });
  }

  private static void assertRefusedWithoutParam(String body, String message) {
    assertThatThrownBy(() -> scan(body))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.param()).isEmpty())
        .hasMessageContaining(message);
  }

  private static String edited(String body, String model) {
    return new String(Edit.apply(scan(body).edits(model, true), body.getBytes(UTF_8)), UTF_8);
  }

  private static ScannedRequest scan(String body) {
    byte[] bytes = body.getBytes(UTF_8);
    return scan(bytes, bytes.length);
  }

  private static ScannedRequest scan(byte[] bytes, int length) {
    RequestScan scan = new RequestScan(RequestScan.Form.CHAT, 512);
    scan.feed(bytes, 0, length);
    return scan.finish();
  }
}
