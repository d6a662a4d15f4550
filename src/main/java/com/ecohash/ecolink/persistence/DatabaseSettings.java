package com.ecohash.ecolink.persistence;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Which database, and how patiently.
 *
 * @param url of JDBC, for PostgreSQL or H2
 * @param connectTimeout how long a caller waits for a connection before it fails
 */
public record DatabaseSettings(
    String url, String user, String password, int poolSize, Duration connectTimeout) {
  public DatabaseSettings {
    if (poolSize < 1) {
      throw new IllegalArgumentException("a pool has at least one connection: " + poolSize);
    }
    if (connectTimeout.compareTo(Duration.ofMillis(250)) < 0) {
      throw new IllegalArgumentException("250 ms is the shortest wait for a connection");
    }
  }

  /** The embedded database, in files below the data directory. */
  public static DatabaseSettings embedded(Path dataDir, int poolSize, Duration connectTimeout) {
    String file = dataDir.toAbsolutePath().resolve("db").resolve("ecolink").toString();
    // Every commit is on its way to the disk when it returns (WRITE_DELAY): the journal forgets
    // what was stored. And the database outlives the JVM's shutdown hooks, for draining needs it.
    return new DatabaseSettings(
        "jdbc:h2:file:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000",
        "sa",
        "",
        poolSize,
        connectTimeout);
  }

  /** Whether no other gateway can be on it. */
  public boolean isEmbedded() {
    return url.startsWith("jdbc:h2:");
  }

  /** Whether it is a file that this process opens by itself, and locks. */
  boolean isFile() {
    return url.startsWith("jdbc:h2:file:");
  }

  @Override
  public String toString() {
    return "DatabaseSettings[" + url + "]"; // never the password
  }
}
