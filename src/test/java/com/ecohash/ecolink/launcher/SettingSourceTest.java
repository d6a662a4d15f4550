package com.ecohash.ecolink.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingSourceTest {
  private static SettingSource source(Map<String, String> properties, Map<String, String> env) {
    return new SettingSource(
        name -> Optional.ofNullable(properties.get(name)),
        name -> Optional.ofNullable(env.get(name)));
  }

  private static SettingSource with(String value) {
    return source(Map.of("ecolink.x", value), Map.of());
  }

  @Test
  void aPropertyWinsOverTheEnvironment() {
    Map<String, String> env = Map.of("ECOLINK_HTTP_IDLE_TIMEOUT", "7s");
    String name = LauncherSettings.IDLE_TIMEOUT;

    assertThat(source(Map.of(), env).duration(name, "1s")).isEqualTo(Duration.ofSeconds(7));
    assertThat(source(Map.of(name, "8s"), env).duration(name, "1s"))
        .isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void anEmptyValueIsNotSet() {
    assertThat(with("  ").number("ecolink.x", 5, 1, 9)).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "30s,PT30S", "10 m,PT10M", "1h,PT1H", "PT1M30S,PT1M30S", "0s,PT0S"})
  void readsDurations(String text, Duration duration) {
    assertThat(with(text).duration("ecolink.x", "1s")).isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource({"4096,4096", "64KB,65536", "64 kb,65536", "1MB,1048576"})
  void readsSizes(String text, int bytes) {
    assertThat(with(text).sizeBytes("ecolink.x", "1KB", 0, 1 << 20)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "-1s", "PT-1S", "1d", "99999999999s"})
  void refusesWhatIsNoDuration(String text) {
    String value = text.isEmpty() ? "?" : text;

    assertThatExceptionOfType(BadSettingException.class)
        .isThrownBy(() -> with(value).duration("ecolink.x", "1s"))
        .withMessage(
            "ecolink.x must be a duration such as 500ms, 30s, 10m or PT30S, but is \""
                + value
                + "\".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "10", "x", "1.5", "99999999999"})
  void refusesNumbersOutsideTheirRange(String value) {
    assertThatExceptionOfType(BadSettingException.class)
        .isThrownBy(() -> with(value).number("ecolink.x", 5, 1, 9))
        .withMessage("ecolink.x must be a whole number from 1 to 9, but is \"" + value + "\".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2MB", "4GB", "-1", "1TB"})
  void refusesSizesOutsideTheirRange(String value) {
    assertThatExceptionOfType(BadSettingException.class)
        .isThrownBy(() -> with(value).sizeBytes("ecolink.x", "1KB", 0, 1 << 20))
        .withMessageContaining("from 0 to 1048576 bytes, but is \"" + value + "\".");
  }
}
