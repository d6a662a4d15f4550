package com.ecohash.ecolink.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.container.GatewayProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The console's modules by themselves, in the browser and under the policy that they run with:
 * reading of event streams, money and times in words, snippets, where a sign-in leads. The checks
 * are in {@code modules.js}.
 */
class ModulesIT {
  @Test
  void doWhatTheirChecksSay() throws IOException {
    try (InputStream checks = ModulesIT.class.getResourceAsStream("modules.js");
        GatewayProcess gateway = GatewayProcess.start(Map.of());
        Chromium chromium = Chromium.start();
        Visitor visitor = Visitor.with(chromium, gateway.gateway(), Screen.DESK_LIGHT)) {
      String script =
          new String(Objects.requireNonNull(checks).readAllBytes(), StandardCharsets.UTF_8);
      visitor.open("sign-in");

      assertThat((List<?>) visitor.page().evaluate(script.substring(script.indexOf("async ()"))))
          .isEmpty();
      visitor.assertNoComplaints();
    }
  }
}
