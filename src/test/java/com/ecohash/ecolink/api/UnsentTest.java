package com.ecohash.ecolink.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import com.ecohash.ecolink.relay.upstream.Failure;
import com.ecohash.ecolink.routing.HealthBoard;
import com.ecohash.ecolink.routing.RoutePlan;
import com.ecohash.ecolink.routing.Router;
import com.ecohash.ecolink.routing.RoutingListener;
import com.ecohash.ecolink.routing.RoutingSettings;
import com.ecohash.ecolink.routing.TestingInstances;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnsentTest {
  @ParameterizedTest
  @CsvSource({
    "CONNECT_TIMEOUT, BAD_GATEWAY, ecolink.upstream.connect-timeout",
    "HEAD_TOO_LARGE, BAD_GATEWAY, ecolink.upstream.head-max",
    "FIRST_BYTE_TIMEOUT, TIMEOUT, ecolink.upstream.first-byte-timeout",
    "IDLE_TIMEOUT, TIMEOUT, ecolink.upstream.idle-timeout",
    "TOTAL_TIMEOUT, TIMEOUT, ecolink.upstream.total-timeout",
    "CONNECT_FAILED, BAD_GATEWAY, connect_failed",
  })
  void namesTheLimitThatWasPassed(Failure failure, ErrorType type, String named) {
    ApiException told = Unsent.explain(Optional.of(failure), noPlan());
    assertThat(told.type()).isEqualTo(type);
    assertThat(told.getMessage()).contains(named);
  }

  private static RoutePlan noPlan() {
    HealthBoard board =
        new HealthBoard(
            RoutingSettings.DEFAULT, Clock.systemUTC(), System::nanoTime, RoutingListener.NONE);
    return new Router(board, new Random(1)).plan(TestingInstances.of());
  }
}
