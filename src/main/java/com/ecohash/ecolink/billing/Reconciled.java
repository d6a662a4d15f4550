package com.ecohash.ecolink.billing;

/**
 * What a reconciliation looked at.
 *
 * @param rollups rows of the sums by hour and by day
 * @param differences how many it found; zero is what is hoped for
 */
public record Reconciled(
    long accounts,
    long entries,
    long usageRecords,
    long gpuPeriods,
    long rollups,
    long differences) {
  public boolean isSound() {
    return differences == 0;
  }

  /** The result as a sentence. */
  public String summary() {
    return (isSound() ? "Nothing differs: " : found())
        + accounts
        + " accounts, "
        + entries
        + " ledger entries, "
        + usageRecords
        + " usage records, "
        + gpuPeriods
        + " GPU periods, "
        + rollups
        + " roll-ups.";
  }

  private String found() {
    return differences == 1 ? "One difference: " : differences + " differences: ";
  }
}
