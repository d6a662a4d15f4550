package com.ecohash.ecolink.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {
  @Test
  void areThoseListed() {
    AllowedOrigins allowed =
        AllowedOrigins.parse("https://App.example.com, http://localhost:5173,http://[::1]:80");
    assertThat(allowed.contains("https://app.example.com")).isTrue();
    assertThat(allowed.contains("http://localhost:5173")).isTrue();
    assertThat(allowed.contains("http://[::1]:80")).isTrue();
    assertThat(allowed.contains("http://app.example.com")).isFalse();
    assertThat(allowed.contains("https://app.example.com.evil.org")).isFalse();
    assertThat(allowed.contains("null")).isFalse();
  }

  @Test
  void areAllOrNone() {
    assertThat(AllowedOrigins.parse("*").contains("https://anything")).isTrue();
    assertThat(AllowedOrigins.parse(" , ").isNobody()).isTrue();
    assertThat(AllowedOrigins.parse("*").isNobody()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.example.com", "https://app.example.com/", "https://*.example.com"})
  void refuseWhatIsNoOrigin(String text) {
    assertThatThrownBy(() -> AllowedOrigins.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }
}
