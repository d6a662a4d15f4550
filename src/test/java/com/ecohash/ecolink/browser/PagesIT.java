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
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
    try (Stream<Path> files = Files.walk(Path.of("webapp/console"))) {
      long bytes =
          files
              .filter(file -> file.toString().endsWith(".js"))
              .mapToLong(file -> file.toFile().length())
              .sum();
      assertThat(bytes).isLessThanOrEqualTo(OWN_SCRIPT_BYTES_MAX);
    }
  }

  @Test
  void areClosedToWhatComesFromElsewhere() {
    HttpResponse<String> page = gateway.get("/console/billing");
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(page.headers().firstValue("referrer-policy")).hasValue("no-referrer");
  }

  @Test
  void areAskedForAgainOnlyIfTheyChanged() {
    HttpResponse<String> first = gateway.get("/console/js/main.js");
    String etag = first.headers().firstValue("etag").orElseThrow();
    assertThat(first.headers().firstValue("cache-control")).hasValue("no-cache");
    HttpResponse<String> again =
        gateway.send(
            HttpRequest.newBuilder(gateway.resolve("/console/js/main.js"))
                .header("If-None-Match", etag)
                .build());
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(
            gateway
                .get("/console/lib/chartjs-4.5.1/chart.umd.min.js")
                .headers()
                .firstValue("cache-control"))
        .hasValueSatisfying(value -> assertThat(value).contains("immutable"));
  }

  @Test
  void areNothingElseOfTheArchive() {
    assertThat(
            Stream.of(
                    "/console/nonsense",
                    "/console/js/",
                    "/console/js/pages/none.js",
                    "/console/%2e%2e/WEB-INF/web.xml",
                    "/console/..%2fWEB-INF/web.xml",
                    "/com/ecohash/ecolink/launcher/Main.class",
                    "/WEB-INF/web.xml")
                .map(path -> gateway.get(path).statusCode()))
        .allMatch(status -> status >= 400 && status < 500);
    assertThat(gateway.get("/").headers().firstValue("location").orElseThrow())
        .endsWith("/console/instances");
  }
}
