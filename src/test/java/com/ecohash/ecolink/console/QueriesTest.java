package com.ecohash.ecolink.console;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.metering.UsagePosition;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.web.WireTime;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QueriesTest {
  private static final String REQUEST = "req_01jdd1vm2q3a4b5c6d7e8f9g0h";

  @ParameterizedTest
  @ValueSource(strings = {"1970-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"})
  void takesTimesThatEveryDatabaseKeeps(String text) {
    assertThat(Queries.time("from", text)).contains(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2026-11-23",
        "1969-12-31T23:59:59Z",
        "-2026-11-23T12:00:00Z",
        "+10000-01-01T00:00:00Z",
        "+999999999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-01:00"
      })
  void refusesOtherTimesInASentence(String text) {
    assertThatThrownBy(() -> Queries.time("from", text))
        .isInstanceOf(ApiException.class)
        .hasMessageStartingWith("from is wrong: a time ")
        .hasMessageEndingWith(".");
    assertThatThrownBy(() -> WireTime.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsTheCursorThatItWrote() {
    UsagePosition position =
        new UsagePosition(Instant.parse("2026-11-23T12:00:00.123456Z"), new RequestId(REQUEST));
    assertThat(Queries.position(Queries.cursor(position))).contains(position);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "-9223372036854775808", "9223372036854775807", "253402300800000000"})
  void refusesACursorOfATimeThatNoDatabaseKeeps(String micros) {
    String cursor =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString((micros + ":" + REQUEST).getBytes(US_ASCII));
    assertThatThrownBy(() -> Queries.position(cursor))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("next_cursor");
  }
}
