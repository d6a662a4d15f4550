package com.ecohash.ecolink.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.RunningGateway;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.ecohash.ecolink.testing.OpenAiContainer;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
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
  private static final int LOOKS = 3;
  private static final Pattern COMMENT = Pattern.compile("//|/\\*\\*|\\*( |/)");
  private static final Path MEASURED = Path.of("target/console-pages.md");
  private static final List<String> PAGES =
      List.of(
          "instances",
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
  private static List<String> pages;

  @BeforeAll
  static void begin() {
    chromium = Chromium.start();
    process = GatewayProcess.start(Map.of());
    gateway = process.gateway();
    container = OpenAiContainer.start();
    company = Company.first(gateway, "acme").with("25.00");
    String chat = company.launch("my-llama", Category.CHAT, container.uri(), container.uri());
    company.launch("my-embedder", Category.EMBEDDING, container.uri(), container.uri());
    String request = company.use(gateway, chat, 5);
    long custom = company.launchCustom("my-own", Company.WEST, container.uri(), "/generate");
    pages =
        Stream.concat(PAGES.stream(), Stream.of("instance?id=" + custom, "request?id=" + request))
            .toList();
  }

  @AfterAll
  static void end() {
    container.close();
    process.close();
    chromium.close();
  }

  private static Visitor visitor(Screen screen) {
    return Visitor.with(chromium, gateway, screen);
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
      for (String name : pages) {
        visitor.open(name);
        assertThat(visitor.page().locator("main .banner.bad").count()).as(name).isZero();
        visitor.photograph("page-" + name.replaceAll("\\?.*", ""));
        visitor.assertAccessible(name);
      }
      visitor.assertNoComplaints();
    }
  }

  @ParameterizedTest
  @EnumSource
  void areOpenToEverybodyWhenNothingIsThereYet(Screen screen) {
    Company empty = Company.next(gateway, "empty-" + screen.label());
    try (Visitor visitor = visitor(screen)) {
      visitor.signIn(empty.email(), Company.PASSWORD);
      for (String name :
          List.of(
              "instances", "playground", "keys", "billing", "requests", "transactions", "team")) {
        visitor.open(name);
        assertThat(visitor.page().locator(".empty h2").count()).as(name).isEqualTo(1);
        visitor.photograph("empty-" + name);
        visitor.assertAccessible(name + " without anything");
      }
      visitor.assertNoComplaints();
    }
  }

  /** Whoever named an account, a region or a credit, and whatever a container says. */
  @Test
  void showTheTextOfStrangersAsText() {
    String script = "<img src=x onerror=window.acted=1><script>window.acted=1</script>";
    Company.region(gateway, "strange", script);
    Company strange = Company.called(gateway, script, "strange").with("25.00", script);
    String model = strange.launch("my-llama", Category.CHAT, container.uri(), container.uri());
    try (Visitor visitor = visitor(Screen.DESK_LIGHT)) {
      visitor.signIn(strange.email(), Company.PASSWORD);
      Page page = visitor.page();
      for (String name : pages) {
        visitor.open(name);
        assertNothingActs(page, name);
        assertThat(page.locator(".who strong").textContent()).isEqualTo(script);
      }
      visitor.open("launch");
      assertThat(page.locator("fieldset").first().textContent()).contains(script);
      visitor.open("transactions");
      assertThat(page.locator("tbody").textContent()).contains(script);
      visitor.open("playground?model=" + model);
      container.next(
          new Behaviour.Status(
              400,
              "{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\"}}"
                  .formatted(script)));
      page.getByLabel("Message").fill("Hello");
      page.keyboard().press("Enter");
      page.locator(".turn .banner.bad").waitFor();
      assertThat(page.locator(".turn .banner.bad").textContent()).contains(script);
      assertNothingActs(page, "an error in the Playground");
      visitor.assertNoComplaints();
    }
  }

  private static void assertNothingActs(Page page, String where) {
    assertThat(page.locator("body script, img[src=x]").count()).as(where).isZero();
    assertThat(page.evaluate("window.acted === undefined")).as(where).isEqualTo(true);
  }

  private record Weight(long bytes, int firstPaintMillis) {}

  @Test
  void areLight() throws IOException {
    StringBuilder measured =
        new StringBuilder(
            "| page | over the wire, KB | first paint, ms, the median of %d |%n|---|---|---|%n"
                .formatted(LOOKS));
    for (String name : Stream.concat(Stream.of("sign-in"), pages.stream()).toList()) {
      List<Weight> weights = Stream.generate(() -> weigh(name)).limit(LOOKS).toList();
      long bytes = weights.stream().mapToLong(Weight::bytes).max().orElseThrow();
      int[] paints = weights.stream().mapToInt(Weight::firstPaintMillis).sorted().toArray();
      measured.append(
          "| %s | %.1f | %d |%n"
              .formatted(name.replaceAll("\\?.*", ""), bytes / 1000.0, paints[LOOKS / 2]));
      assertThat(bytes).as("bytes of " + name).isBetween(1L, WIRE_BYTES_MAX);
    }
    Files.writeString(MEASURED, measured);
    System.out.println(measured);
  }

  /** With an empty cache. */
  private static Weight weigh(String name) {
    try (Visitor visitor = visitor(Screen.DESK_LIGHT)) {
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
      return new Weight(bytes.get(), ((Number) paint).intValue());
    }
  }

  /** Without comments and indentation: whoever explains what they wrote takes nobody's room. */
  @Test
  void haveLittleScript() throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(Path.of("webapp/app"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".js")).toList()) {
        bytes +=
            Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !COMMENT.matcher(line).lookingAt())
                .mapToLong(line -> line.getBytes(StandardCharsets.UTF_8).length + 1)
                .sum();
      }
    }
    assertThat(bytes).isLessThanOrEqualTo(OWN_SCRIPT_BYTES_MAX);
  }
}
