package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.metering.UsageRecord;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Prints how many records a second one thread stores, and what one costs this process, on each
 * database. A program, not a test: {@code main} with the test class path; arguments: records, batch
 * size.
 */
final class UsageStoreBenchmark {
  private static final int ACCOUNTS = 5;
  private static final int INSTANCES = 4;

  private UsageStoreBenchmark() {}

  public static void main(String[] arguments) {
    int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50_000;
    int batchSize = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
    for (TestingDatabase kind : TestingDatabase.values()) {
      try (Database database = kind.open()) {
        List<AccountId> accounts = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
          accounts.add(TestingWorld.account(database));
        }
        JdbcUsageStore store = new JdbcUsageStore(database, TestingWorld.CLOCK);
        run(kind + " cold", store, accounts, records / 5, batchSize);
        run(kind + " warm", store, accounts, records, batchSize);
      }
    }
  }

  private static void run(
      String what, JdbcUsageStore store, List<AccountId> accounts, int records, int batchSize) {
    List<List<UsageRecord>> batches = batches(accounts, records, batchSize);
    long cpuNanos = cpuNanos();
    long threadNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long startNanos = System.nanoTime();
    batches.forEach(store::store);
    long nanos = System.nanoTime() - startNanos;
    System.out.printf(
        "%-16s %,8d records/s, CPU %.1f us a record (this thread %.1f)%n",
        what,
        records * 1_000_000_000L / nanos,
        (cpuNanos() - cpuNanos) / 1_000.0 / records,
        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - threadNanos)
            / 1_000.0
            / records);
  }

  private static List<List<UsageRecord>> batches(
      List<AccountId> accounts, int records, int batchSize) {
    List<List<UsageRecord>> batches = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      if (i % batchSize == 0) {
        batches.add(new ArrayList<>());
      }
      batches
          .get(batches.size() - 1)
          .add(
              TestingWorld.record(
                  accounts.get(i % ACCOUNTS),
                  TestingWorld.requestId(),
                  TestingWorld.NOON.plusMillis(i),
                  1 + i % INSTANCES,
                  Optional.of(new KeyId(1 + i % 10)),
                  1 + i));
    }
    return batches;
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
