package com.ecohash.ecolink.metering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.openai.RequestScan;
import com.ecohash.ecolink.openai.ScannedRequest;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetersTest {
  private static final String EVENTS = "text/event-stream; charset=utf-8";
  private static final String JSON = "application/json";

  private final Meters meters = new Meters(1 << 20, 1 << 20);

  @Test
  void countsTheTokensOfAChatThatReportsNone() {
    Meter meter =
        meters.of(
            Category.CHAT,
            chat(
                "{\"model\":\"m:1\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello world\"}]}"),
            false);

    assertThat(passed(meter, JSON, "{\"choices\":[{\"message\":{\"content\":\"Hello there\"}}]}"))
        .isEqualTo("{\"choices\":[{\"message\":{\"content\":\"Hello there\"}}]}");

    // cl100k_base: "user" and "Hello world" are three tokens, "Hello there" is two.
    assertThat(meter.units()).isEqualTo(Units.tokens(3, 0, 2, 0, UnitsSource.ESTIMATED));
  }

  @Test
  void countsTheTokensOfAStreamThatReportsNone() {
    Meter meter = meters.of(Category.CHAT, chat("{\"model\":\"m:1\",\"stream\":true}"), true);

    passed(
        meter,
        EVENTS,
        "data: {\"choices\":[{\"delta\":{\"content\":\"one two three four five six\"}}]}\n\n"
            + "data: [DONE]\n\n");

    assertThat(meter.units()).isEqualTo(Units.tokens(0, 0, 6, 0, UnitsSource.ESTIMATED));
  }

  @Test
  void extendsTheCountOfALongTextsBeginningToTheRest() {
    String text = "word ".repeat(100_000);
    Meter meter =
        meters.of(
            Category.EMBEDDING,
            scanned("{\"model\":\"m:1\",\"input\":\"" + text + "\"}", RequestScan.Form.withHints()),
            false);

    passed(meter, JSON, "{\"data\":[{\"embedding\":\"AAAAAAAA\"}]}");

    assertThat(meter.units().inputTokens()).isBetween(99_000L, 101_000L);
    assertThat(meter.units().outputTokens()).isZero();
    assertThat(meter.units().source()).isEqualTo(UnitsSource.ESTIMATED);
  }

  @Test
  void leavesPicturesOutOfTheCount() {
    String picture = "data:image/png;base64," + "A".repeat(20_000);
    Meter meter =
        meters.of(
            Category.CHAT,
            chat(
                "{\"model\":\"m:1\",\"messages\":[{\"content\":[{\"url\":\"" + picture + "\"}]}]}"),
            false);

    passed(meter, JSON, "{}");

    assertThat(meter.units().inputTokens()).isZero();
  }

  @Test
  void leavesSoundOutOfTheCount() {
    String sound = "UklGRiQAAABXQVZF+/09".repeat(1_000);
    String question =
        "{\"model\":\"m:1\",\"messages\":[{\"content\":[{\"input_audio\":{\"data\":\"%s\"}},{\"text\":\"Hello world\"}]}]}";

    Meter meter = meters.of(Category.CHAT, chat(question.formatted(sound)), false);
    passed(meter, JSON, "{}");
    assertThat(meter.units().inputTokens()).isEqualTo(2);

    Meter short64 =
        meters.of(Category.CHAT, chat(question.formatted(sound.substring(0, 4_000))), false);
    passed(short64, JSON, "{}");
    assertThat(short64.units().inputTokens()).isGreaterThan(1_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[101, 2023, 2003, 102] | 4",
        "[[101,102],[101,2023,102]] | 5",
        "[\"Hello world\"] | 2",
        "[] | 0",
        "\"Hello world\" | 2"
      })
  void countsTheTokensOfAnEmbeddingWhateverTheFormOfItsInput(String input, int tokens) {
    Meter meter =
        meters.of(
            Category.EMBEDDING,
            scanned(
                "{\"model\":\"m:1\",\"dimensions\":512,\"input\":" + input + "}",
                RequestScan.Form.withHints()),
            false);

    passed(meter, JSON, "{\"data\":[{\"embedding\":[0.5,1,2]}]}");

    assertThat(meter.units()).isEqualTo(Units.tokens(tokens, 0, 0, 0, UnitsSource.ESTIMATED));
  }

  @Test
  void takesAnEmbeddingsTokensFromItsUsage() {
    Meter meter =
        meters.of(
            Category.EMBEDDING,
            scanned("{\"model\":\"m:1\",\"input\":\"hi\"}", RequestScan.Form.withHints()),
            false);

    passed(meter, JSON, "{\"data\":[],\"usage\":{\"prompt_tokens\":7,\"total_tokens\":7}}");

    assertThat(meter.units()).isEqualTo(Units.tokens(7, 0, 0, 0, UnitsSource.REPORTED));
  }

  @Test
  void countsTheImagesOfAnAnswer() {
    Meter meter = image("{\"model\":\"m:1\",\"n\":5}");

    passed(meter, JSON, "{\"created\":1,\"data\":[{\"b64_json\":\"AA==\"},{\"url\":\"x\"}]}");

    assertThat(meter.units().images()).isEqualTo(2);
    assertThat(meter.units().source()).isEqualTo(UnitsSource.REPORTED);
  }

  @Test
  void countsAnImageThatHadBegunToArrive() {
    Meter meter = image("{\"model\":\"m:1\",\"n\":5}");

    meter.begin(200, JSON);
    byte[] bytes = "{\"data\":[{\"b64_json\":\"AA==\"},{\"b64_json\":\"AAAAAA".getBytes(UTF_8);
    meter.feed(bytes, 0, bytes.length, (b, offset, length) -> {});

    assertThat(meter.units().images()).isEqualTo(2);
  }

  @Test
  void takesTheNumberOfImagesOfAStreamFromTheRequest() {
    Meter meter = image("{\"model\":\"m:1\",\"n\":3,\"stream\":true}");

    passed(meter, EVENTS, "event: image_generation.completed\ndata: {\"b64_json\":\"AA==\"}\n\n");

    assertThat(meter.units().images()).isEqualTo(3);
    assertThat(meter.units().source()).isEqualTo(UnitsSource.ESTIMATED);
  }

  @Test
  void countsTheImagesThatAStreamHasCompleted() {
    Meter meter = image("{\"model\":\"m:1\",\"n\":3,\"stream\":true}");

    passed(meter, EVENTS, partialImage(0) + partialImage(1) + completedImage() + completedImage());

    assertThat(meter.units().images()).isEqualTo(2);
    assertThat(meter.units().inputTokens()).isEqualTo(20);
    assertThat(meter.units().source()).isEqualTo(UnitsSource.REPORTED);
  }

  @Test
  void countsACompletedImageWhoseEventIsTooLongToBeRead() {
    Meter meter =
        new Meters(20, 1 << 20)
            .of(
                Category.IMAGE,
                scanned("{\"model\":\"m:1\",\"n\":2}", RequestScan.Form.withHints("n")),
                false);

    passed(meter, EVENTS, partialImage(0) + completedImage());

    assertThat(meter.units().images()).isEqualTo(1);
    assertThat(meter.units().source()).isEqualTo(UnitsSource.REPORTED);
  }

  @Test
  void takesTheNumberOfImagesFromTheRequestWhereAnEventHoldsUsageAndNoType() {
    Meter meter = image("{\"model\":\"m:1\",\"n\":3,\"stream\":true}");

    passed(
        meter,
        EVENTS,
        "data: {\"b64_json\":\"AA==\",\"usage\":{\"input_tokens\":20,\"output_tokens\":9}}\n\n");

    assertThat(meter.units().images()).isEqualTo(3);
    assertThat(meter.units().source()).isEqualTo(UnitsSource.ESTIMATED);
  }

  private static String partialImage(int index) {
    return "event: image_generation.partial_image\n"
        + "data: {\"type\":\"image_generation.partial_image\",\"b64_json\":\"AA==\","
        + "\"partial_image_index\":%d}\n\n".formatted(index);
  }

  private static String completedImage() {
    return "event: image_generation.completed\n"
        + "data: {\"type\":\"image_generation.completed\",\"b64_json\":\"AA==\","
        + "\"usage\":{\"total_tokens\":29,\"input_tokens\":20,\"output_tokens\":9}}\n\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image/png | \u0089PNG",
        "application/json | {\"created\":1,\"images\":[{\"url\":\"x\"}]}",
        "application/json | {\"created\":1,\"data\":null,\"error\":null}",
        "application/json | [{\"url\":\"x\"}]"
      })
  void takesTheNumberOfImagesFromTheRequestWhereNoListTellsIt(String type, String answer) {
    Meter meter = image("{\"model\":\"m:1\",\"n\":3}");

    passed(meter, type, answer);

    assertThat(meter.units().images()).isEqualTo(3);
    assertThat(meter.units().source()).isEqualTo(UnitsSource.ESTIMATED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"created\":1,\"data\":[]}",
        "{\"created\":1,\"data\":[",
        "{\"error\":{\"message\":\"no\"}}",
        "{\"error\":\"no\",\"data\":null}"
      })
  void countsNoImageOfAnAnswerThatSaysThatItHasNone(String answer) {
    Meter meter = image("{\"model\":\"m:1\",\"n\":3}");

    passed(meter, JSON, answer);

    assertThat(meter.units().images()).isZero();
    assertThat(meter.units().source()).isEqualTo(UnitsSource.REPORTED);
  }

  @Test
  void countsNothingOfARefusal() {
    Meter meter = image("{\"model\":\"m:1\"}");

    meter.begin(400, JSON);
    byte[] bytes = "{\"data\":[{}]}".getBytes(UTF_8);
    meter.feed(bytes, 0, bytes.length, (b, offset, length) -> {});

    assertThat(meter.units().images()).isZero();
  }

  private Meter image(String request) {
    return meters.of(Category.IMAGE, scanned(request, RequestScan.Form.withHints("n")), false);
  }

  private static ScannedRequest chat(String json) {
    return scanned(json, RequestScan.Form.CHAT);
  }

  private static ScannedRequest scanned(String json, RequestScan.Form form) {
    RequestScan scan = new RequestScan(form, 64);
    byte[] bytes = json.getBytes(UTF_8);
    scan.feed(bytes, 0, bytes.length);
    return scan.finish();
  }

  private static String passed(Meter meter, String contentType, String answer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    meter.begin(200, contentType);
    for (byte b : answer.getBytes(UTF_8)) {
      meter.feed(new byte[] {b}, 0, 1, out::write);
    }
    meter.end(out::write);
    return out.toString(UTF_8);
  }
}
