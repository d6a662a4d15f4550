package com.ecohash.ecolink.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.ecohash.ecolink.routing.RoutingSettings.Choice;
import com.ecohash.ecolink.routing.RoutingSettings.Ejection;
import com.ecohash.ecolink.routing.RoutingSettings.Probes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RoutingSettingsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void refusesWhatMakesNoSense() {
    refused(() -> new Probes(Duration.ZERO, 0.2, SECOND, 3, 2), "probe interval");
    refused(() -> new Probes(SECOND, 0.6, SECOND, 3, 2), "jitter");
    refused(() -> new Probes(SECOND, Double.NaN, SECOND, 3, 2), "jitter");
    refused(() -> new Probes(SECOND, 0.2, SECOND.negated(), 3, 2), "probe timeout");
    refused(() -> new Probes(SECOND, 0.2, SECOND, 0, 2), "down after");
    refused(() -> new Probes(SECOND, 0.2, SECOND, 3, 0), "up after");
    refused(() -> ejection(0, SECOND, SECOND), "failure");
    refused(() -> ejection(5, SECOND, Duration.ofMillis(999)), "longest ejection");
    refused(() -> ejection(5, SECOND, Duration.ofDays(2)), "at most a day");
    refused(() -> new Choice(SECOND, SECOND, 1), "1 in 2");
  }

  @Test
  void lengthsDoubleUpToTheirLimitAndDoNotOverflow() {
    Ejection settings = Ejection.DEFAULT;

    assertThat(settings.lengthNanos(1)).isEqualTo(Duration.ofSeconds(5).toNanos());
    assertThat(settings.lengthNanos(2)).isEqualTo(Duration.ofSeconds(10).toNanos());
    assertThat(settings.lengthNanos(Integer.MAX_VALUE)).isEqualTo(settings.max().toNanos());
    assertThat(settings.lastResortNanos(Integer.MAX_VALUE))
        .isEqualTo(settings.lastResortMax().toNanos());
  }

  private static Ejection ejection(int failures, Duration first, Duration max) {
    return new Ejection(failures, first, max, SECOND, SECOND, SECOND);
  }

  private static void refused(Runnable construction, String because) {
    assertThatIllegalArgumentException()
        .isThrownBy(construction::run)
        .withMessageContaining(because);
  }
}
