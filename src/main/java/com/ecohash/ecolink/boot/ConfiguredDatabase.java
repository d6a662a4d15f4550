package com.ecohash.ecolink.boot;

import com.ecohash.ecolink.persistence.DatabaseSettings;
import java.nio.file.Path;
import java.time.Duration;

/** Which database the configuration names: by its URL, or the embedded one. */
final class ConfiguredDatabase {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private ConfiguredDatabase() {}

  static DatabaseSettings of(Configuration configuration) {
    int pool = configuration.number(Setting.DATABASE_POOL, 1, 200);
    Path dataDir = configuration.path(Setting.DATA_DIR);
    return configuration
        .text(Setting.DATABASE_URL)
        .map(
            url ->
                new DatabaseSettings(
                    url,
                    configuration.text(Setting.DATABASE_USER).orElse(""),
                    configuration.text(Setting.DATABASE_PASSWORD).orElse(""),
                    pool,
                    TIMEOUT))
        .orElseGet(() -> DatabaseSettings.embedded(dataDir, pool, TIMEOUT));
  }
}
