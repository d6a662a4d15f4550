package com.ecohash.ecolink.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** Sets the pool up so that a database that is away fails callers fast and is found again. */
final class ConnectionPool {
  private static final long VALIDATION_TIMEOUT_MILLIS_MAX = 1_000;

  private ConnectionPool() {}

  /**
   * @throws RuntimeException if the database cannot be reached now
   */
  static HikariDataSource open(DatabaseSettings settings) {
    long timeoutMillis = settings.connectTimeout().toMillis();
    HikariConfig config = new HikariConfig();
    config.setPoolName("ecolink");
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.poolSize());
    config.setAutoCommit(false);
    config.setConnectionTimeout(timeoutMillis);
    config.setValidationTimeout(
        Math.max(250, Math.min(VALIDATION_TIMEOUT_MILLIS_MAX, timeoutMillis / 2)));
    config.setInitializationFailTimeout(timeoutMillis);
    if (settings.isEmbedded()) {
      // The last connection that closes would close the database with it.
      config.setMaxLifetime(0);
    } else {
      config.setMinimumIdle(1);
      limitPostgresql(config, timeoutMillis);
    }
    return new HikariDataSource(config);
  }

  private static void limitPostgresql(HikariConfig config, long timeoutMillis) {
    long timeoutSeconds = Math.max(1, timeoutMillis / 1_000);
    config.addDataSourceProperty("connectTimeout", Long.toString(timeoutSeconds));
    config.addDataSourceProperty("loginTimeout", Long.toString(timeoutSeconds));
    // A server that vanished without a word would hold a thread for ever.
    config.addDataSourceProperty("socketTimeout", "30");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("ApplicationName", "ecolink");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
  }
}
