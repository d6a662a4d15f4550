package com.ecohash.ecolink.metering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSizeTest {
  @ParameterizedTest
  @ValueSource(strings = {"1024x1536", "1024X1536", " 01024 x 1536 "})
  void isOneHoweverItIsWritten(String text) {
    assertThat(ImageSize.parse(text)).hasToString("Optional[1024x1536]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "auto", "x", "0x0", "1024", "1024x", "x1024", "-1x1", "1x1x1", "100000x1"})
  void isNothingElse(String text) {
    assertThat(ImageSize.parse(text)).isEmpty();
  }
}
