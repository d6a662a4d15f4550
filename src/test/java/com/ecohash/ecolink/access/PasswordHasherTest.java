package com.ecohash.ecolink.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PasswordHasherTest {
  private final PasswordHasher hasher = new PasswordHasher();

  @Test
  void recognisesThePasswordAndNoOther() {
    String hash = hasher.hash("correct horse");
    assertThat(hash).startsWith("$argon2id$");
    assertThat(hasher.matches("correct horse", hash)).isTrue();
    assertThat(hasher.matches("correct horsE", hash)).isFalse();
  }

  @Test
  void hashesTheSamePasswordDifferentlyEachTime() {
    assertThat(hasher.hash("same")).isNotEqualTo(hasher.hash("same"));
  }
}
