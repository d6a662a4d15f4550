package com.ecohash.ecolink.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.RunningGateway;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.testing.FakeContainer;
import com.ecohash.ecolink.testing.OpenAiContainer;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every page: open to everybody, light, and closed to what comes from elsewhere. */
class PagesIT {
  private static final long WIRE_BYTES_MAX = 300_000;
  private static final long OWN_SCRIPT_BYTES_MAX = 100 << 10;
  private static final Path MEASURED = Path.of("target/console-pages.md");
  private static final List<String> PAGES =
      List.of(
          "instances",
          "instance?id=1",
          "launch",
          "playground",
          "keys",
          "billing",
          "requests",
          "transactions",
          "team",
          "audit",
          "settings");

  private static Chromium chromium;
  private static GatewayProcess process;
  private static RunningGateway gateway;
  private static FakeContainer container;
  private static Company company;

  @BeforeAll
  static void begin() {
    chromium = Chromium.start();
    process = GatewayProcess.start(Map.of());
    gateway = process.gateway();
    container = OpenAiContainer.start();
    company = Company.first(gateway, "acme").with("25.00");
    String chat = company.launch("my-llama", Category.CHAT, container.uri(), container.uri());
    company.launch("my-embedder", Category.EMBEDDING, container.uri(), container.uri());
    company.use(gateway, chat, 5);
  }

  @AfterAll
  static void end() {
    container.close();
    process.close();
    chromium.close();
  }

  private static Visitor visitor(Screen screen) {
    return Visitor.with(chromium, gateway.base().toString(), screen);
  }

  @ParameterizedTest
  @EnumSource
  void areOpenToEverybody(Screen screen) {
    try (Visitor visitor = visitor(screen)) {
      for (String outside : List.of("sign-in", "join")) {
        visitor.open(outside);
        visitor.photograph("page-" + outside);
        visitor.assertAccessible(outside);
      }
      visitor.signIn(company.email(), Company.PASSWORD);
      for (String name : PAGES) {
        visitor.open(name);
        visitor.photograph("page-" + name.replaceAll("\\?.*", ""));
        visitor.assertAccessible(name);
      }
      visitor.assertNoComplaints();
    }
  }

  @Test
  void areLight() throws IOException {
    StringBuilder measured =
        new StringBuilder("| page | over the wire, KB | first paint, ms |\n|---|---|---|\n");
    for (String name : Stream.concat(Stream.of("sign-in"), PAGES.stream()).toList()) {
      try (Visitor visitor = visitor(Screen.DESK_LIGHT)) { // with an empty cache
        visitor.signInQuietly(company.email(), Company.PASSWORD);
        Page page = visitor.page();
        AtomicLong bytes = new AtomicLong();
        CDPSession network = page.context().newCDPSession(page);
        network.on(
            "Network.loadingFinished",
            (JsonObject event) -> bytes.addAndGet(event.get("encodedDataLength").getAsLong()));
        network.send("Network.enable");
        visitor.open(name);
        Object paint =
            page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime");
        measured.append(
            "| %s | %.1f | %d |%n"
                .formatted(name, bytes.get() / 1000.0, ((Number) paint).intValue()));
        assertThat(bytes.get()).as("bytes of " + name).isBetween(1L, WIRE_BYTES_MAX);
      }
    }
    Files.writeString(MEASURED, measured);
    System.out.println(measured);
  }

  @Test
  void haveLittleScript() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("webapp/app"))) {
      long bytes =
          files
              .filter(file -> file.toString().endsWith(".js"))
              .mapToLong(file -> file.toFile().length())
              .sum();
      assertThat(bytes).isLessThanOrEqualTo(OWN_SCRIPT_BYTES_MAX);
    }
  }
}
