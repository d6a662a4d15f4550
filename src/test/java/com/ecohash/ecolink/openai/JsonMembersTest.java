package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecohash.ecolink.openai.JsonMembers.Watch;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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

class JsonMembersTest {
  private static final ObjectMapper JACKSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final String SPLICES = "{}[]:,\"\\0123456789.eE+-truefalsn \n\t/ub\u0001x";

  @Provide
  Arbitrary<byte[]> mutants() {
    return Arbitraries.randomValue(JsonMembersTest::mutant);
  }

  /** A document with a few ASCII bytes exchanged, inserted or lost, so that it stays UTF-8. */
  private static byte[] mutant(Random random) {
    StringBuilder text = new StringBuilder(new JsonTexts(random).objectWith(List.of()));
    for (int i = random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(text.length());
      char splice = SPLICES.charAt(random.nextInt(SPLICES.length()));
      if (Character.isSurrogate(text.charAt(at))) {
        continue;
      }
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, splice);
        case 1 -> text.insert(at, splice);
        default -> text.deleteCharAt(at);
      }
      if (text.isEmpty()) {
        text.append(splice);
      }
    }
    return text.toString().getBytes(UTF_8);
  }

  @Property(tries = 20000)
  void agreesWithJacksonOnWhatIsAnObject(@ForAll("mutants") byte[] document) {
    JsonMembers members = members(new Watch("model", 100));
    members.feed(document, 0, document.length);

    assertThat(members.finish().isEmpty())
        .as(() -> new String(document, UTF_8) + " " + members.fault())
        .isEqualTo(isObjectToJackson(document));
  }

  @Property(tries = 3000)
  void faultsAreFoundAtTheSameByteHoweverChunked(@ForAll("mutants") byte[] document) {
    JsonMembers whole = members(new Watch("n", 5));
    whole.feed(document, 0, document.length);
    JsonMembers bytes = members(new Watch("n", 5));
    for (int i = 0; i < document.length; i++) {
      bytes.feed(document, i, 1);
    }

    assertThat(bytes.finish()).isEqualTo(whole.finish());
    assertThat(bytes.count("n")).isEqualTo(whole.count("n"));
    assertThat(bytes.member("n").map(JsonMember::toString))
        .isEqualTo(whole.member("n").map(JsonMember::toString));
  }

  private static boolean isObjectToJackson(byte[] document) {
    try {
      return JACKSON.readTree(document).isObject();
    } catch (IOException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "1e+",
        "+1",
        "--1",
        "0x1",
        "NaN",
        "Infinity",
        "tru",
        "True",
        "nul",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u123\"",
        "'a'",
        "[1,]",
        "[,]",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "[1 2]",
        "{\"a\":1 \"b\":2}",
        "[1}",
        "{\"a\":1]",
        "/**/1",
        "1//"
      })
  void whatIsNoJsonValueIsRefused(String value) {
    JsonMembers members = members();
    byte[] document = ("{\"a\":" + value + "}").getBytes(UTF_8);
    members.feed(document, 0, document.length);

    assertThat(members.finish()).isPresent();
  }

  @Test
  void findsValuesOfEveryKindWithTheirRanges() {
    String document =
        "{\"s\":\"x\", \"n\":-1.5e3,\"o\":{\"s\":[]} ,\"a\":[{}],\"t\":true,\"f\":false,\"z\":null}";
    JsonMembers members = scan(document, "s", "n", "o", "a", "t", "f", "z");

    assertThat(members.finish()).isEmpty();
    assertThat(value(document, members, "s")).contains("STRING \"x\"");
    assertThat(value(document, members, "n")).contains("NUMBER -1.5e3");
    assertThat(value(document, members, "o")).contains("OBJECT {\"s\":[]}");
    assertThat(value(document, members, "a")).contains("ARRAY [{}]");
    assertThat(value(document, members, "t")).contains("TRUE true");
    assertThat(value(document, members, "f")).contains("FALSE false");
    assertThat(value(document, members, "z")).contains("NULL null");
  }

  private static Optional<String> value(String document, JsonMembers members, String name) {
    return members
        .member(name)
        .map(
            member -> {
              String range = document.substring((int) member.start(), (int) member.end());
              assertThat(new String(member.captured(), UTF_8)).isEqualTo(range);
              assertThat(member.isWhole()).isTrue();
              return member.kind() + " " + range;
            });
  }

  @Test
  void keepsNoMoreThanTheWatchAllows() {
    JsonMembers members = members(new Watch("a", 4));
    byte[] document = "{\"a\":\"0123456789\"}".getBytes(UTF_8);
    members.feed(document, 0, 7);
    members.feed(document, 7, document.length - 7);

    assertThat(members.member("a"))
        .hasValueSatisfying(
            member -> {
              assertThat(member.captured()).isEqualTo("\"012".getBytes(UTF_8));
              assertThat(member.isWhole()).isFalse();
              assertThat(member.end() - member.start()).isEqualTo(12);
            });
  }

  @Test
  void keepsTheFirstOfSeveralAndCountsThem() {
    JsonMembers members = scan("{\"a\":1,\"\\u0061\":2,\"a\":3}", "a");

    assertThat(members.count("a")).isEqualTo(3);
    assertThat(value("{\"a\":1", members, "a")).contains("NUMBER 1");
  }

  @ParameterizedTest
  @CsvSource({"1, true", "512, true", "513, false"})
  void nestingEndsAtTheLimit(int depth, boolean admitted) {
    byte[] document = ("{\"a\":".repeat(depth) + "1" + "}".repeat(depth)).getBytes(UTF_8);
    JsonMembers members = members();

    assertThat(members.feed(document, 0, document.length)).isEqualTo(admitted);
    assertThat(members.fault().map(JsonFault::reason))
        .isEqualTo(admitted ? Optional.empty() : Optional.of(JsonFault.Reason.TOO_DEEP));
  }

  @Test
  void aLongNameIsNotTheOneItBeginsWith() {
    byte[] document = ("{\"model" + "x".repeat(300) + "\":1}").getBytes(UTF_8);
    JsonMembers members = members(new Watch("model", 4));
    members.feed(document, 0, 7);
    members.feed(document, 7, document.length - 7);

    assertThat(members.finish()).isEmpty();
    assertThat(members.count("model")).isZero();
  }

  @Test
  void aScanCanBeUsedAgain() {
    JsonMembers members = scan("{\"a\":[1", "a");
    assertThat(members.finish()).isPresent();

    members.reset();
    byte[] document = "{\"a\":\"x\",\"b\":\"text\"}".getBytes(UTF_8);
    members.feed(document, 0, document.length);

    assertThat(members.finish()).isEmpty();
    assertThat(members.count("a")).isOne();
    assertThat(members.textBytes()).isEqualTo(4);
  }

  @Test
  void anUnwatchedNameCannotBeAskedFor() {
    assertThatThrownBy(() -> members().count("a")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Watch("ключ", 1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static JsonMembers scan(String document, String... names) {
    JsonMembers members =
        members(List.of(names).stream().map(name -> new Watch(name, 100)).toArray(Watch[]::new));
    byte[] bytes = document.getBytes(UTF_8);
    members.feed(bytes, 0, bytes.length);
    return members;
  }

  private static JsonMembers members(Watch... watches) {
    return new JsonMembers(512, List.of(watches));
  }
}
