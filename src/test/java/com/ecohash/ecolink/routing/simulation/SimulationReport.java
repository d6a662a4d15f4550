package com.ecohash.ecolink.routing.simulation;

import com.ecohash.ecolink.routing.simulation.Incident.Phase;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** The simulation's outcome as Markdown. */
final class SimulationReport {
  private static final String HEAD =
      """
      # How routing behaves when regions fail

      Written by `RoutingSimulationTest` and compared by it with what the code does; a change of
      routing shows here. Rewrite it with

          mvn test -Dtest=RoutingSimulationTest -Decolink.simulation.write=true

      The real router and the real prober, with their default settings, play each incident on a
      simulated clock: one instance in three regions, whose usual time to the first byte is 120, 180
      and 260 ms (half of it fixed, half exponential), answers that stream for 0.5 to 3.5 seconds, 20
      requests a second, a first-byte timeout of 10 seconds. The incident begins after one minute and
      lasts two; clients go on for two more.

      *Left after*: seconds from the incident's begin until us-west got less than a quarter of its
      usual requests for five seconds. *Used again after*: seconds from the incident's end until it
      got at least half of them for five seconds. Times to the first byte are what the client sees,
      failovers included. Shares are of the last attempts.
      """;

  private final StringBuilder text = new StringBuilder(HEAD);

  private SimulationReport() {}

  static String of(Map<Incident, Account> accounts) {
    SimulationReport report = new SimulationReport();
    accounts.forEach(report::add);
    return report.text.toString();
  }

  private void add(Incident incident, Account account) {
    text.append("\n## ").append(incident.title()).append("\n\n");
    text.append(incident.happens()).append("\n\n");
    totals(account);
    phases(account);
    text.append(incident.reading()).append('\n');
  }

  private void totals(Account account) {
    row(
        "requests",
        "answered",
        "error passed on",
        "503",
        "504",
        "broken off",
        "failovers",
        "ejections",
        "found down",
        "left after",
        "used again after");
    row("--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
    row(
        account.requests(),
        account.count(Result.ANSWERED),
        account.count(Result.ERROR_ANSWER),
        account.count(Result.NO_REGION),
        account.count(Result.TIMED_OUT),
        account.count(Result.BROKEN_OFF),
        account.failovers(),
        account.ejections(),
        account.timesDown(),
        seconds(account.secondsUntilLeft()),
        seconds(account.secondsUntilUsedAgain()));
    text.append('\n');
  }

  private void phases(Account account) {
    text.append("| |");
    account.regions().forEach(region -> text.append(' ').append(region).append(" |"));
    text.append(" p50 first byte | p99 first byte |\n|---|");
    text.append("--:|".repeat(account.regions().size() + 2)).append('\n');
    for (Phase phase : Incident.phases()) {
      text.append("| ").append(phase.name()).append(" |");
      for (String region : account.regions()) {
        double percent = account.sharePercent(region, phase);
        text.append(String.format(Locale.ROOT, " %.1f %% |", percent));
      }
      text.append(' ').append(millis(account.firstByteNanos(50, phase))).append(" |");
      text.append(' ').append(millis(account.firstByteNanos(99, phase))).append(" |\n");
    }
    text.append('\n');
  }

  private void row(Object... cells) {
    text.append('|');
    for (Object cell : cells) {
      text.append(' ').append(cell).append(" |");
    }
    text.append('\n');
  }

  private static String seconds(OptionalLong seconds) {
    return seconds.isPresent() ? seconds.getAsLong() + " s" : "–";
  }

  private static String millis(OptionalLong nanos) {
    return nanos.isPresent() ? nanos.getAsLong() / 1_000_000 + " ms" : "–";
  }
}
