package com.ecohash.ecolink.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.routing.HealthBoard;
import com.ecohash.ecolink.routing.Lease;
import com.ecohash.ecolink.routing.Router;
import com.ecohash.ecolink.routing.RoutingListener;
import com.ecohash.ecolink.routing.RoutingSettings;
import com.ecohash.ecolink.routing.TestingInstances;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExchangeProgressTest {
  private final ExchangeProgress progress = new ExchangeProgress(Trace.NONE, true);

  private static Lease lease() {
    HealthBoard board =
        new HealthBoard(
            RoutingSettings.DEFAULT, Clock.systemUTC(), System::nanoTime, RoutingListener.NONE);
    return new Router(board, new Random(1))
        .plan(TestingInstances.of(TestingInstances.replica(1, "us-west")))
        .next()
        .orElseThrow();
  }

  @Test
  void saysWhatTookHowLong() {
    progress.authenticated();
    progress.routing();
    progress.attempt(lease());
    assertThat(progress.times(1_054_321, 12_345_678_901L))
        .matches(
            "auth;dur=\\d+\\.\\d\\d, read;dur=\\d+\\.\\d\\d, route;dur=\\d+\\.\\d\\d,"
                + " connect;dur=1\\.05, ttfb;dur=12345\\.67");
    assertThat(progress.times(0, 99_999)).endsWith("connect;dur=0.00, ttfb;dur=0.09");
  }

  @Test
  void saysWhatWasDoneWhereNothingAnswered() {
    progress.authenticated();
    progress.routing();
    assertThat(progress.stages(System.nanoTime()).toString())
        .as("no replica")
        .matches("auth;dur=\\d+\\.\\d\\d, read;dur=\\d+\\.\\d\\d, route;dur=\\d+\\.\\d\\d");
    progress.attempt(lease());
    assertThat(progress.stages(System.nanoTime() + 5_000_000).toString())
        .contains(", failover;dur=5.")
        .doesNotContain("ttfb");
  }

  @Test
  void saysWhatAttemptsTookThatFailed() {
    progress.authenticated();
    progress.routing();
    progress.attempt(lease());
    progress.attempt(lease());
    assertThat(progress.times(0, 0)).contains(", failover;dur=0.");
  }
}
