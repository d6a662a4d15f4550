package com.ecohash.ecolink.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HeartbeatsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(20);

  @ParameterizedTest
  @EnumSource(TestingDatabase.class)
  void countNodesThatComeAndGo(TestingDatabase kind) {
    try (Database database = kind.open()) {
      Heartbeats one = new Heartbeats(database, "one", HOUR);
      Heartbeats other = new Heartbeats(database, "other", HOUR);
      assertThat(one.beat()).isEqualTo(1);
      assertThat(one.beat()).isEqualTo(1);
      assertThat(other.beat()).isEqualTo(2);
      assertThat(one.beat()).isEqualTo(2);
      other.leave();
      assertThat(one.beat()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(TestingDatabase.class)
  void doNotCountANodeThatMissedThreeBeats(TestingDatabase kind) {
    try (Database database = kind.open()) {
      new Heartbeats(database, "dying", SHORT).beat();
      assertThat(new Heartbeats(database, "patient", HOUR).beat()).isEqualTo(2);
      Heartbeats alive = new Heartbeats(database, "alive", SHORT);
      await().atMost(Duration.ofSeconds(5)).until(() -> alive.beat() == 1);
    }
  }
}
