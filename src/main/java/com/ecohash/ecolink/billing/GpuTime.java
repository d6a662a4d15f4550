package com.ecohash.ecolink.billing;

import com.ecohash.ecolink.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Cuts running time into what can be charged: at every hour of UTC and every change of price. */
public final class GpuTime {
  private GpuTime() {}

  /**
   * What of the run is not charged yet, up to a moment, in order and without gaps. Nothing if the
   * run has no GPUs.
   *
   * @param until in whole seconds; a run that has ended is charged to its end
   */
  public static List<GpuPeriod> unsettled(GpuRun run, Instant until, PriceBook prices) {
    Instant end = run.chargeableUntil(until);
    List<GpuPeriod> periods = new ArrayList<>();
    if (run.gpus() == 0 || !run.settledUntil().isBefore(end)) {
      return periods;
    }
    Instant begin = run.settledUntil();
    for (Instant cut : cuts(run, end, prices)) {
      periods.add(
          new GpuPeriod(
              run,
              begin,
              Duration.between(begin, cut).toSeconds(),
              prices.gpuPrice(run.gpuType(), run.region(), begin).orElse(Money.ZERO)));
      begin = cut;
    }
    return periods;
  }

  private static NavigableSet<Instant> cuts(GpuRun run, Instant end, PriceBook prices) {
    NavigableSet<Instant> cuts = new TreeSet<>();
    Instant begin = run.settledUntil();
    Instant hour = begin.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    for (; hour.isBefore(end); hour = hour.plus(1, ChronoUnit.HOURS)) {
      cuts.add(hour);
    }
    prices.gpuPriceChanges(run.gpuType(), run.region(), begin, end).stream()
        .map(GpuTime::nextSecond)
        .filter(change -> change.isBefore(end))
        .forEach(cuts::add);
    cuts.add(end);
    return cuts;
  }

  /** A second that has begun is charged at the price it began with. */
  private static Instant nextSecond(Instant time) {
    Instant second = time.truncatedTo(ChronoUnit.SECONDS);
    return second.equals(time) ? second : second.plusSeconds(1);
  }
}
