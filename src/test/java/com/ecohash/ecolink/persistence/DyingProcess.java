package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.AccountId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A process that stores usage in the embedded database and dies at once, as by {@code kill -9}. */
final class DyingProcess {
  static final int EXIT_STATUS = 9;
  static final int RECORDS = 20;

  private DyingProcess() {}

  public static void main(String[] arguments) {
    Database database =
        Database.open(DatabaseSettings.embedded(Path.of(arguments[0]), 2, Duration.ofSeconds(2)));
    AccountId account = TestingWorld.account(database);
    JdbcUsageStore store = new JdbcUsageStore(database, TestingWorld.CLOCK);
    for (int i = 0; i < RECORDS; i++) {
      store.store(List.of(TestingWorld.record(account, 7)));
    }
    Runtime.getRuntime().halt(EXIT_STATUS);
  }
}
