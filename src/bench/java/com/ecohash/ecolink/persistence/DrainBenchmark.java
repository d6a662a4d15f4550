package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.journal.DrainSettings;
import com.ecohash.ecolink.metering.journal.Journal;
import com.ecohash.ecolink.metering.journal.JournalDrain;
import com.ecohash.ecolink.metering.journal.JournalSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Prints how many records a second the drain brings from a journal to the database: charged, with
 * both roll-ups, of many accounts, instances and keys, every commit flushed to the disk. A program,
 * not a test: {@code main} with the test class path; argument: records.
 */
final class DrainBenchmark {
  private static final int ACCOUNTS = 20;
  private static final int INSTANCES = 4;
  private static final int KEYS = 5;

  private DrainBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("fsync", "on")
            .start()) {
      String url = server.getJdbcUrl("postgres", "postgres");
      measure(
          "PostgreSQL",
          new DatabaseSettings(url, "postgres", "", 4, Duration.ofSeconds(5)),
          records);
    }
    Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "drain");
    measure("H2 in a file", DatabaseSettings.embedded(folder, 4, Duration.ofSeconds(5)), records);
  }

  private static void measure(String what, DatabaseSettings settings, int records)
      throws IOException, InterruptedException {
    try (Database database = Database.open(settings)) {
      List<AccountId> accounts = new ArrayList<>();
      for (int i = 0; i < ACCOUNTS; i++) {
        accounts.add(TestingWorld.account(database));
        TestingWorld.topUp(database, accounts.get(i), "1000");
      }
      run(what + ", cold", database, accounts, records / 4);
      run(what, database, accounts, records);
      run(what, database, accounts, records);
    }
  }

  private static void run(String what, Database database, List<AccountId> accounts, int records)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "journal");
    try (Journal journal = Journal.open(new JournalSettings(folder, 16 << 20, 1L << 30))) {
      for (int i = 0; i < records; i++) {
        UsageRecord record = record(accounts, i);
        journal.begin(record.start());
        journal.end(record);
      }
      JdbcUsageStore store = new JdbcUsageStore(database, Clock.systemUTC());
      long begun = System.nanoTime();
      try (JournalDrain drain =
          JournalDrain.start(journal, store, (batch, balances) -> {}, settings())) {
        if (!drain.awaitDrained(Duration.ofMinutes(3))) {
          throw new IllegalStateException("not drained in time");
        }
        long nanos = System.nanoTime() - begun;
        System.out.printf(
            "%-20s %,8d records in %,6d ms: %,7d a second%n",
            what, records, nanos / 1_000_000, records * 1_000_000_000L / nanos);
      }
    }
  }

  /** As a gateway's configuration has them by default. */
  private static DrainSettings settings() {
    DrainSettings byDefault = DrainSettings.DEFAULT;
    return new DrainSettings(
        2_000,
        Duration.ofSeconds(1),
        byDefault.backoffFirst(),
        byDefault.backoffMax(),
        byDefault.refusalsBeforeSplit(),
        byDefault.closeMax());
  }

  private static UsageRecord record(List<AccountId> accounts, int i) {
    return TestingWorld.record(
        accounts.get(i % ACCOUNTS),
        TestingWorld.requestId(),
        Instant.now(),
        1 + i / ACCOUNTS % INSTANCES,
        Optional.of(new KeyId(1 + i / 7 % KEYS)),
        1 + i);
  }
}
