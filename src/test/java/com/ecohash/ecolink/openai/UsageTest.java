package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  private static final String FULL =
      """
      {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15,
       "prompt_tokens_details": {"cached_tokens": 4, "audio_tokens": 0},
       "completion_tokens_details": {"reasoning_tokens": 3}}""";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"prompt_tokens\":10,\"completion_tokens\":5} | 10 | 0 | 5 | 0",
        "{\"prompt_tokens\":8,\"total_tokens\":8} | 8 | 0 | 0 | 0",
        "{\"prompt_tokens\":8,\"completion_tokens\":null,\"prompt_tokens_details\":null} | 8 | 0 | 0 | 0",
        "{\"input_tokens\":7,\"output_tokens\":2,\"input_tokens_details\":{\"cached_tokens\":1}} | 7 | 1 | 2 | 0",
        "{\"input_tokens\":7,\"output_tokens\":9,\"output_tokens_details\":{\"reasoning_tokens\":8}} | 7 | 0 | 9 | 8",
        "{\"prompt_tokens\":3,\"prompt_tokens_details\":{\"cached_tokens\":9}} | 3 | 3 | 0 | 0",
        "{\"prompt_tokens\":12.0,\"completion_tokens\":1e2} | 12 | 0 | 100 | 0",
        "{\"prompt_tokens\":1000000000} | 1000000000 | 0 | 0 | 0",
        "{\"prompt_tokens\":999999999} | 999999999 | 0 | 0 | 0",
      })
  void bothFormsAreRead(String json, long input, long cached, long output, long reasoning) {
    assertThat(parse(json)).contains(new TokenUsage(input, cached, output, reasoning));
  }

  @Test
  void detailsAreRead() {
    assertThat(parse(FULL)).contains(new TokenUsage(10, 4, 5, 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "",
        "{",
        "[]",
        "{}",
        "{\"completion_tokens\":5}",
        "{\"type\":\"duration\",\"seconds\":3}",
        "{\"prompt_tokens\":-1}",
        "{\"prompt_tokens\":1.5}",
        "{\"prompt_tokens\":\"7\"}",
        "{\"prompt_tokens\":1000000001}",
        "{\"prompt_tokens\":9007199254740992}",
        "{\"prompt_tokens\":1,\"completion_tokens\":9007199254740992}",
        "{\"prompt_tokens\":1e999999999}",
        "{\"prompt_tokens\":1e99999999999999}",
        "{\"prompt_tokens\":1e-999999999}",
        "{\"prompt_tokens\":00000000000000000000000000000000000000007}",
        "{\"prompt_tokens\":7,\"completion_tokens\":-2}",
        "{\"prompt_tokens\":7,\"prompt_tokens_details\":{\"cached_tokens\":-2}}"
      })
  void anAbsurdReportIsNone(String json) {
    assertThat(parse(json)).isEmpty();
  }

  @Test
  void aRecordHoldsNoAbsurdNumber() {
    assertThatThrownBy(() -> new TokenUsage(1, 2, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TokenUsage(-1, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TokenUsage(1, 0, 1, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAnswersUsageIsReadWhateverItsPieces() {
    String answer =
        "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"message\":"
            + "{\"content\":\"hello there\"}}],\"usage\":"
            + FULL
            + "}";
    AnswerScan scan = new AnswerScan();
    byte[] bytes = answer.getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      scan.feed(bytes, i, 1);
    }

    assertThat(scan.usage()).contains(new TokenUsage(10, 4, 5, 3));
    assertThat(scan.textBytes()).isEqualTo("hello there".length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>502</html>",
        "{\"usage\":null}",
        "{\"usage\":{\"prompt_tokens\":1}}}",
        "{\"choices\":[{\"usage\":{\"prompt_tokens\":1}}]}",
        "[{\"usage\":{\"prompt_tokens\":1}}]"
      })
  void anAnswerWithoutUsageHasNone(String answer) {
    AnswerScan scan = new AnswerScan();
    byte[] bytes = answer.getBytes(UTF_8);
    scan.feed(bytes, 0, bytes.length);
    scan.feed(bytes, 0, bytes.length);

    assertThat(scan.usage()).isEmpty();
  }

  @Test
  void theTextOfACutAnswerIsCounted() {
    AnswerScan scan = new AnswerScan();
    byte[] bytes = "{\"choices\":[{\"message\":{\"content\":\"hello".getBytes(UTF_8);
    scan.feed(bytes, 0, bytes.length);

    assertThat(scan.textBytes()).isEqualTo(5);
  }

  private static Optional<TokenUsage> parse(String json) {
    byte[] bytes = ("xx" + json + "yy").getBytes(UTF_8);
    return TokenUsage.parse(bytes, 2, bytes.length - 4);
  }
}
