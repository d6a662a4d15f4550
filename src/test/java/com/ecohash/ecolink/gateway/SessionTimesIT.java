package com.ecohash.ecolink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.Browser;
import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.Tenant;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sessions that end by themselves, as a browser sees it. */
class SessionTimesIT {
  private static final String EMAIL = "owner@example.com";
  private static final String PASSWORD = "correct horse battery";
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration AGE = Duration.ofSeconds(5);

  @Test
  void endWithoutUseAndWithAge() {
    try (GatewayProcess process =
        GatewayProcess.start(
            Map.of(
                "ecolink.session.idle-timeout", IDLE.toSeconds() + "s",
                "ecolink.session.age-max", AGE.toSeconds() + "s"))) {
      Browser.account(process.gateway(), EMAIL, PASSWORD);
      Browser idle = signedIn(process);
      await("asked less often than the idle time")
          .pollInterval(IDLE.plusMillis(500))
          .until(() -> hasEnded(idle));

      Browser busy = signedIn(process);
      long begin = System.nanoTime();
      await("asked all the time").pollInterval(Duration.ofMillis(50)).until(() -> hasEnded(busy));
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isGreaterThan(AGE.minus(Duration.ofMillis(500)));

      HttpResponse<String> change = busy.post("/api/keys", "{\"name\":\"late\"}");
      assertThat(change.statusCode()).isEqualTo(401);
      assertThat(Tenant.json(change.body()).at("/error/message").asText())
          .isEqualTo("Your session has ended; sign in again.");
      assertThat(busy.signIn(EMAIL, PASSWORD).statusCode()).isEqualTo(200);
      assertThat(hasEnded(busy)).isFalse();
    }
  }

  private static Browser signedIn(GatewayProcess process) {
    Browser browser = new Browser(process.gateway());
    assertThat(browser.signIn(EMAIL, PASSWORD).statusCode()).isEqualTo(200);
    return browser;
  }

  private static boolean hasEnded(Browser browser) {
    return browser.get("/api/session").statusCode() == 401;
  }
}
