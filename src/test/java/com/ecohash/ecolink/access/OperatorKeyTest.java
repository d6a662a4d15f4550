package com.ecohash.ecolink.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class OperatorKeyTest {
  @Test
  void matchesItselfOnly() {
    OperatorKey key = OperatorKey.of("k".repeat(32));
    assertThat(key.matches("k".repeat(32))).isTrue();
    assertThat(key.matches("k".repeat(33))).isFalse();
    assertThat(key.matches("")).isFalse();
  }

  @Test
  void refusesAShortOne() {
    assertThatIllegalArgumentException().isThrownBy(() -> OperatorKey.of("k".repeat(31)));
  }

  @Test
  void matchesNothingIfThereIsNone() {
    assertThat(OperatorKey.NONE.matches("")).isFalse();
  }
}
