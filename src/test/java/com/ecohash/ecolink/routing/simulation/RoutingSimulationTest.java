package com.ecohash.ecolink.routing.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.ecohash.ecolink.routing.simulation.Incident.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoutingSimulationTest {
  private static final Path REPORT =
      Path.of(System.getProperty("basedir", "."), "src", "docs", "routing-simulation.md");
  private static final String REWRITE = "ecolink.simulation.write";
  private static final Map<Incident, Account> ACCOUNTS = new EnumMap<>(Incident.class);
  private static final Phase BEFORE = Incident.phases().get(0);

  /** Ends well before the incident, so that no answer of its requests is still under way then. */
  private static final Phase SETTLED =
      new Phase("settled", 0, Incident.BEFORE.minusSeconds(10).toNanos());

  private static final Phase DURING = Incident.phases().get(1);
  private static final Phase AFTER = Incident.phases().get(2);

  @BeforeAll
  static void playAll() {
    for (Incident incident : Incident.values()) {
      ACCOUNTS.put(incident, incident.play());
    }
  }

  @Test
  void theCommittedReportIsWhatTheCodeDoes() throws IOException {
    String now = SimulationReport.of(ACCOUNTS);
    if (Boolean.getBoolean(REWRITE)) {
      Files.createDirectories(REPORT.getParent());
      Files.writeString(REPORT, now);
    }
    assertThat(REPORT)
        .as("routing behaves differently; look at the change and rewrite with -D%s=true", REWRITE)
        .hasContent(now);
  }

  @ParameterizedTest
  @EnumSource
  void everyLeaseEnds(Incident incident) {
    assertThat(ACCOUNTS.get(incident).inFlightAtTheEnd()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void allIsWellBeforeAndTheRegionIsUsedAgainAfter(Incident incident) {
    Account account = ACCOUNTS.get(incident);

    for (Result result : Result.values()) {
      assertThat(account.count(result, SETTLED) > 0).isEqualTo(result == Result.ANSWERED);
    }
    assertThat(account.secondsUntilUsedAgain()).isPresent();
  }

  @Test
  void oneRegionDownFailsNoRequestThatWasNotUnderWay() {
    Account account = ACCOUNTS.get(Incident.ONE_REGION_DOWN);

    assertThat(account.count(Result.NO_REGION)).isZero();
    assertThat(account.count(Result.TIMED_OUT)).isZero();
    assertThat(account.count(Result.BROKEN_OFF, DURING)).isZero();
    assertThat(account.secondsUntilLeft()).hasValue(0);
    assertThat(account.failovers()).isLessThan(60);
  }

  @Test
  void aSlowRegionIsLeftForTheMostPartAndNotEjected() {
    Account account = ACCOUNTS.get(Incident.SLOW_REGION);

    assertThat(account.count(Result.ANSWERED)).isEqualTo(account.requests());
    assertThat(account.ejections()).isZero();
    assertThat(account.sharePercent("us-west", DURING))
        .isPositive()
        .isLessThan(account.sharePercent("us-west", BEFORE) / 3);
  }

  @Test
  void aFlappingRegionCostsNoRequestThatWasNotUnderWay() {
    Account account = ACCOUNTS.get(Incident.FLAPPING_REGION);

    assertThat(account.count(Result.NO_REGION)).isZero();
    assertThat(account.count(Result.TIMED_OUT)).isZero();
  }

  @Test
  void aBlackHoleIsLeftBeforeTheFirstRequestsTimeOut() {
    Account account = ACCOUNTS.get(Incident.BLACK_HOLE);

    assertThat(account.count(Result.NO_REGION)).isZero();
    assertThat(account.timesDown()).isEqualTo(1);
    assertThat(account.secondsUntilLeft().getAsLong())
        .isLessThan(SimulatedExchange.FIRST_BYTE_TIMEOUT.toSeconds());
    assertThat(account.count(Result.TIMED_OUT)).isLessThan(60);
  }

  @Test
  void aHungEngineCostsFewRequestsOnceItIsKnown() {
    Account account = ACCOUNTS.get(Incident.HUNG_ENGINE);

    assertThat(account.timesDown()).isZero();
    assertThat(account.ejections()).isPositive();
    assertThat(account.count(Result.TIMED_OUT)).isLessThan(60);
  }

  @Test
  void afterAllWereDownTrafficIsBackWithinThirteenSeconds() {
    Account account = ACCOUNTS.get(Incident.ALL_DOWN_THEN_BACK);

    assertThat(account.count(Result.TIMED_OUT)).isZero();
    assertThat(account.secondsUntilUsedAgain().getAsLong()).isLessThanOrEqualTo(13);
    assertThat(account.count(Result.NO_REGION, AFTER)).isLessThan(13 * 20 * 2);
  }

  @Test
  void anOnlyRegionIsBackWithinSixSecondsOfItsRecovery() {
    Account account = ACCOUNTS.get(Incident.ONLY_REGION_FAILS);

    assertThat(account.secondsUntilUsedAgain().getAsLong()).isLessThanOrEqualTo(6);
    assertThat(account.count(Result.ERROR_ANSWER)).isLessThan(60);
  }

  @Test
  void clientErrorsChangeNothing() {
    Account account = ACCOUNTS.get(Incident.BURST_OF_4XX);

    assertThat(account.ejections()).isZero();
    assertThat(account.timesDown()).isZero();
    assertThat(account.count(Result.ANSWERED) + account.count(Result.ERROR_ANSWER))
        .isEqualTo(account.requests());
    assertThat(account.sharePercent("us-west", DURING))
        .isCloseTo(account.sharePercent("us-west", BEFORE), within(5.0));
  }
}
