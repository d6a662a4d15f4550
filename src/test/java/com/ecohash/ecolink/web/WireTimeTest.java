package com.ecohash.ecolink.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireTimeTest {
  @Test
  void readsATimeInAnyZone() {
    assertThat(WireTime.parse("2026-11-23T12:00:00+02:00"))
        .isEqualTo(Instant.parse("2026-11-23T10:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-11-23",
        "2026-11-23T12:00:00",
        "0000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z",
        "+999999999-12-31T23:59:59Z"
      })
  void refusesWhatIsNoSuchTime(String text) {
    assertThatThrownBy(() -> WireTime.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
