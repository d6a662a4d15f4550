package com.ecohash.ecolink.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
  private static final Path PAGE = Path.of("src", "docs", "configuration.md");

  @Test
  void takesDefaults() {
    Configuration configuration = Configuration.of(Map.of());
    assertThat(configuration.bytes(Setting.JSON_BODY, 1, Long.MAX_VALUE)).isEqualTo(100L << 20);
    assertThat(configuration.duration(Setting.CATALOG_REFRESH)).isEqualTo(Duration.ofMillis(500));
    assertThat(configuration.text(Setting.OPERATOR_KEY)).isEmpty();
  }

  @Test
  void saysWhichKeyIsUnknown() {
    assertThatThrownBy(() -> Configuration.of(Map.of("ecolink.htpp.port", "80")))
        .isInstanceOf(BadConfigurationException.class)
        .hasMessageContaining("ecolink.htpp.port");
    assertThatThrownBy(() -> Configuration.of(Map.of("ECOLINK_HTPP_PORT", "80")))
        .hasMessageContaining("ECOLINK_HTPP_PORT");
  }

  @Test
  void knowsTheLaunchersKeysAndTheEnvironmentsNames() {
    Configuration.of(Map.of("ECOLINK_HTTP_PORT", "80", "ecolink.drain.timeout", "5s", "PATH", "x"));
  }

  @Test
  void saysWhatABadValueMustBe() {
    Configuration configuration =
        Configuration.of(Map.of("ecolink.limits.json-body", "many", "ecolink.upstream.loops", "0"));
    assertThatThrownBy(() -> configuration.bytes(Setting.JSON_BODY, 1, Long.MAX_VALUE))
        .hasMessageContaining("ecolink.limits.json-body")
        .hasMessageContaining("a size such as")
        .hasMessageContaining("many");
    assertThatThrownBy(() -> configuration.number(Setting.UPSTREAM_LOOPS, 1, 64))
        .hasMessageContaining("between 1 and 64");
  }

  @Test
  void thePageListsEveryKeyWithItsDefaultAndPurpose() throws IOException {
    String page = Files.readString(PAGE);
    for (Setting setting : Setting.values()) {
      assertThat(page)
          .contains(
              "| `"
                  + setting.key()
                  + "` | "
                  + (setting.byDefault().isEmpty() ? "" : "`" + setting.byDefault() + "`")
                  + " | "
                  + setting.purpose()
                  + " |");
    }
    assertThat(
            Pattern.compile("\\| `(ecolink\\.[a-z0-9.-]+)`")
                .matcher(page)
                .results()
                .map((MatchResult match) -> match.group(1)))
        .allMatch(key -> Setting.ofKey(key).isPresent() || Setting.OF_LAUNCHER.contains(key))
        .containsAll(Setting.OF_LAUNCHER);
  }
}
