package com.ecohash.ecolink.gateway;

import com.ecohash.ecolink.container.Tenant;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * OpenAI's SDK for Node and Vercel's AI SDK against the built archive. The checks are in {@code
 * src/test/node}; here they get a gateway, and their books are looked at.
 */
class NodeClientsIT {
  private static NodeProject checks;
  private static SixEndpoints gateway;
  private static FakeContainer dying;

  @BeforeAll
  static void begin() {
    checks = NodeProject.install();
    gateway = SixEndpoints.start();
    dying = FakeContainer.start().behave(new Behaviour.CloseAfterBytes(500));
  }

  @AfterAll
  static void end() {
    dying.close();
    gateway.close();
  }

  private static Map<String, String> world() {
    Tenant tenant = gateway.tenant();
    Tenant other = Tenant.on(gateway.process().gateway());
    Map<String, String> world = new HashMap<>();
    world.put("ECOLINK_URL", gateway.url());
    world.put("ECOLINK_KEY", tenant.key());
    world.put("ECOLINK_SLOW_KEY", gateway.keyOfOneRequestAMinute());
    for (Category category : Category.values()) {
      world.put("ECOLINK_MODEL_" + category, gateway.model(category));
    }
    world.put("ECOLINK_MODEL_OF_ANOTHER", other.launch(gateway.container()));
    world.put("ECOLINK_MODEL_UNPRICED", "my-llama:" + tenant.launchUnpriced(gateway.container()));
    world.put("ECOLINK_MODEL_DYING", tenant.launch(dying));
    return world;
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai.test.mjs", "vercel.test.mjs"})
  void passesItsChecks(String script) {
    checks.run(script, world());

    Books.assertBalanced(
        gateway.process().gateway(),
        gateway.tenant(),
        Records.of(gateway.process().gateway(), gateway.tenant()).values());
  }
}
