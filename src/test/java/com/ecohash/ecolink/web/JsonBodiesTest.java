package com.ecohash.ecolink.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonBodiesTest {
  record Inner(Optional<String> deepText) {}

  record Body(
      Optional<String> someText,
      Optional<Integer> number,
      Optional<Boolean> flag,
      Optional<Money> amount,
      Optional<Instant> time,
      Optional<List<Inner>> list) {}

  private static Body read(String json) throws IOException {
    return new JsonBodies(new JsonLimits(1 << 20, "the.key"))
        .read(Body.class, json.getBytes(StandardCharsets.UTF_8));
  }

  private static ApiException refusal(String json) {
    ApiException refusal = catchThrowableOfType(ApiException.class, () -> read(json));
    assertThat(refusal).as(json).isNotNull();
    assertThat(refusal.getMessage())
        .doesNotContain("com.")
        .doesNotContain("java.")
        .doesNotContain("Exception")
        .doesNotContain("reference chain");
    return refusal;
  }

  @Test
  void readsWhatIsThereAndLeavesTheRestEmpty() throws IOException {
    assertThat(
            read(
                """
                {"some_text": "a", "number": 3, "amount": "0.0375",
                 "time": "2026-11-23T13:00:00+01:00", "list": [{"deep_text": null}]}
                """))
        .isEqualTo(
            new Body(
                Optional.of("a"),
                Optional.of(3),
                Optional.empty(),
                Optional.of(Money.parse("0.0375")),
                Optional.of(Instant.parse("2026-11-23T12:00:00Z")),
                Optional.of(List.of(new Inner(Optional.empty())))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"other\": 1}                       | other",
        "{\"list\": [{\"deep\": 1}]}          | list[0].deep",
        "{\"number\": 1, \"number\": 2}       | number",
        "{\"number\": \"1\"}                  | number",
        "{\"number\": 1.5}                    | number",
        "{\"flag\": 1}                        | flag",
        "{\"flag\": \"true\"}                 | flag",
        "{\"flag\": \" \"}                    | flag",
        "{\"number\": \" \"}                  | number",
        "{\"some_text\": 5}                   | some_text",
        "{\"some_text\": []}                  | some_text",
        "{\"amount\": 1.5}                    | amount",
        "{\"amount\": \"1.0000000001\"}       | amount",
        "{\"amount\": \"ten\"}                | amount",
        "{\"time\": \"yesterday\"}            | time",
        "{\"time\": 12345}                    | time",
        "{\"list\": {}}                       | list",
        "{\"list\": [5]}                      | list[0]"
      })
  void namesTheMemberThatIsWrong(String json, String param) {
    assertThat(refusal(json).param()).contains(param);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''",
        "null",
        "[]",
        "5",
        "{",
        "{\"number\": }",
        "{} {}",
        "{}]",
        "nonsense",
        "{\"number\": 99999999999}",
        "\"\""
      })
  void refusesWhatIsNotOneObject(String json) {
    assertThat(refusal(json).type()).isEqualTo(ErrorType.INVALID_REQUEST);
  }

  @Test
  void namesTheMembersItKnows() {
    assertThat(refusal("{\"other\": 1}").getMessage()).contains("some_text", "number", "flag");
  }

  @Test
  void refusesALargeBody() {
    ApiException refusal = refusal("{\"some_text\": \"" + "x".repeat(1 << 20) + "\"}");
    assertThat(refusal.type()).isEqualTo(ErrorType.REQUEST_TOO_LARGE);
  }

  @Test
  void writesSnakeCaseDecimalsAndUtc() {
    Body body =
        new Body(
            Optional.empty(),
            Optional.of(3),
            Optional.empty(),
            Optional.of(Money.parse("12.5")),
            Optional.of(Instant.parse("2026-11-23T12:00:00Z")),
            Optional.empty());
    assertThat(new String(Json.bytes(body), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"some_text\":null,\"number\":3,\"flag\":null,\"amount\":\"12.50\","
                + "\"time\":\"2026-11-23T12:00:00Z\",\"list\":null}");
  }
}
