package com.ecohash.ecolink.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestIdsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void areDifferentWithinAProcessAndBetweenProcesses() {
    RequestIds one = new RequestIds(CLOCK, new SecureRandom());
    RequestIds other = new RequestIds(CLOCK, new SecureRandom());
    Set<RequestId> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      ids.add(one.next());
      ids.add(other.next());
    }
    assertThat(ids).hasSize(20_000);
    assertThat(ids).allMatch(id -> RequestId.isWellFormed(id.value()));
  }

  @Test
  void sortByTime() {
    RequestIds early = new RequestIds(CLOCK, new SecureRandom());
    RequestIds late = new RequestIds(Clock.offset(CLOCK, Duration.ofMillis(1)), new SecureRandom());
    assertThat(early.next().value()).isLessThan(late.next().value());
  }
}
