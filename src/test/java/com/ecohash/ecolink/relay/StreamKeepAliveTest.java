package com.ecohash.ecolink.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamKeepAliveTest {
  private static final Duration EVERY = Duration.ofSeconds(1);

  /** After how many milliseconds of silence a comment was due, asked at these. */
  private static List<Integer> due(StreamKeepAlive keepAlive, int... millis) {
    List<Integer> due = new ArrayList<>();
    for (int silent : millis) {
      if (keepAlive.isDue(silent * 1_000_000L)) {
        due.add(silent);
      }
    }
    return due;
  }

  @Test
  void isDueAfterEachIntervalOfSilence() {
    assertThat(due(new StreamKeepAlive(EVERY, false), 250, 750, 1_000, 1_250, 1_750, 2_000, 2_250))
        .containsExactly(1_000, 2_000);
  }

  @Test
  void beginsAnewWhenSomethingCame() {
    assertThat(due(new StreamKeepAlive(EVERY, false), 750, 250, 750, 1_000, 300, 900, 1_100))
        .containsExactly(1_000, 1_100);
  }

  @Test
  void comesTwiceWhereOnlyASecondWriteFails() {
    assertThat(due(new StreamKeepAlive(EVERY, true), 750, 1_000, 1_250, 1_500, 2_000, 2_250, 2_500))
        .containsExactly(1_000, 1_250, 2_000, 2_250);
  }

  @Test
  void doesNotComeAgainAfterAnEvent() {
    assertThat(due(new StreamKeepAlive(EVERY, true), 1_000, 250, 500)).containsExactly(1_000);
  }

  @Test
  void mayBeOff() {
    assertThat(due(new StreamKeepAlive(Duration.ZERO, true), 0, 1_000, 100_000)).isEmpty();
  }
}
