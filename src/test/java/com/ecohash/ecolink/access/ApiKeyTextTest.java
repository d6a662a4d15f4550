package com.ecohash.ecolink.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ApiKeyTextTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @Test
  void makesAnotherKeyEachTime() {
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String key = ApiKeyText.generate(RANDOM);
      assertThat(key).startsWith("eco_").hasSize(42);
      assertThat(ApiKeyText.isWellFormed(key)).isTrue();
      keys.add(key);
    }
    assertThat(keys).hasSize(1_000);
  }

  @Property
  void noticesAnyOneWrongCharacter(
      @ForAll @IntRange(min = 4, max = 41) int at,
      @ForAll @AlphaChars @CharRange(from = '0', to = '9') char wrong) {
    String key = ApiKeyText.generate(RANDOM);
    String mistyped = key.substring(0, at) + wrong + key.substring(at + 1);
    assertThat(ApiKeyText.isWellFormed(mistyped)).isEqualTo(mistyped.equals(key));
  }

  @Property
  void takesNoOtherTextForAKey(@ForAll String text) {
    assertThat(ApiKeyText.isWellFormed(text)).isFalse();
  }
}
