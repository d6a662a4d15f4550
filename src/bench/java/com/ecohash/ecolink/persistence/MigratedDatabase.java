package com.ecohash.ecolink.persistence;

import java.time.Duration;

/** Makes the product's tables in an empty database, for benchmarks. */
public final class MigratedDatabase {
  private MigratedDatabase() {}

  public static void migrate(String url, String user) {
    Database.open(new DatabaseSettings(url, user, "", 2, Duration.ofSeconds(5))).close();
  }
}
