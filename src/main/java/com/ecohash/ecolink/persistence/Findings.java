package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.Reconciled;
import java.util.function.Consumer;

/** Counts what a reconciliation looks at, and passes on what it finds. For one thread. */
final class Findings {
  private final Consumer<String> listener;
  private long accounts;
  private long entries;
  private long usageRecords;
  private long gpuPeriods;
  private long rollups;
  private long differences;

  Findings(Consumer<String> listener) {
    this.listener = listener;
  }

  void account() {
    accounts++;
  }

  void entry() {
    entries++;
  }

  void usageRecord() {
    usageRecords++;
  }

  void gpuPeriod() {
    gpuPeriods++;
  }

  void rollup() {
    rollups++;
  }

  void differs(String sentence) {
    differences++;
    listener.accept(sentence);
  }

  Reconciled result() {
    return new Reconciled(accounts, entries, usageRecords, gpuPeriods, rollups, differences);
  }
}
