package com.ecohash.ecolink.browser;

import static com.ecohash.ecolink.browser.Visitor.button;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.testing.FakeContainer;
import com.ecohash.ecolink.testing.OpenAiContainer;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The page of an instance, looked at while things happen to the instance; nobody reloads it. The
 * container is ill at first.
 */
class InstancePageIT {
  private static final double PATIENCE_MILLIS = 60_000;

  private static Chromium chromium;
  private static GatewayProcess gateway;
  private static Company company;

  private FakeContainer container;
  private Visitor visitor;
  private Page page;

  @BeforeAll
  static void begin() {
    chromium = Chromium.start();
    gateway =
        GatewayProcess.start(
            Map.of(
                "ecolink.check.call-timeout", "3s",
                "ecolink.check.on-launch", "true",
                "ecolink.probe.interval", "300ms",
                "ecolink.instances.launch-wait", "0",
                "ecolink.instances.start-max", "10s"));
    company = Company.first(gateway.gateway(), "instances").with("50.00");
  }

  @AfterAll
  static void end() {
    gateway.close();
    chromium.close();
  }

  @BeforeEach
  void visit() {
    container = OpenAiContainer.start().healthy(false);
    visitor = Visitor.with(chromium, gateway.gateway(), Screen.PHONE_LIGHT);
    page = visitor.page();
    visitor.signIn(company.email(), Company.PASSWORD);
  }

  @AfterEach
  void leave() {
    page.unrouteAll();
    visitor.assertNoComplaints();
    visitor.close();
    container.close();
  }

  private static void becomes(Locator state, String word) {
    assertThat(state)
        .hasText(word, new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLIS));
  }

  private static void appears(Locator locator) {
    assertThat(locator)
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS));
  }

  /** Launches a chat instance and opens its page; returns its id. */
  private String openChat(String name) {
    String model = company.launch(name, Category.CHAT, container.uri(), container.uri());
    String id = model.substring(model.lastIndexOf(':') + 1);
    visitor.open("instance?id=" + id);
    return id;
  }

  private void openCustom(String name) {
    visitor.open(
        "instance?id=" + company.launchCustom(name, Company.WEST, container.uri(), "/generate"));
  }

  @Test
  void showsHowFarALaunchIsAndWhatItsCheckFinds() {
    openChat("my-llama");
    assertThat(page.locator(".launching")).containsText("Healthy in 0 of 2 regions");
    assertThat(page.locator(".launching progress")).hasAttribute("max", "4");
    assertThat(page.locator("main")).containsText("It has not been checked yet.");
    visitor.photograph("launching");

    container.healthy(true);
    becomes(page.locator(".head .pill").first(), "Running");
    assertThat(page.locator(".launching")).hasCount(0);
    appears(page.locator(".findings li").first());
    visitor.photograph("checked");
    visitor.assertAccessible("findings");
  }

  @Test
  void waitsForACheckThatIsUnderWay() {
    container.healthy(true);
    openChat("my-checked");
    appears(page.locator(".findings li").first());
    page.route(
        "**/check",
        route -> {
          if (route.request().method().equals("POST")) {
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(409)
                    .setBody("{\"error\":{\"message\":\"This instance is being checked.\"}}"));
          } else {
            route.fallback();
          }
        });
    button(page, "Check now").click();

    assertThat(page.locator("section .loading")).hasText("Checking…");
    assertThat(page.locator(".banner.bad")).hasCount(0);
  }

  @Test
  void isNotDrawnAnewBecauseOfTraffic() {
    container.healthy(true);
    String id = openChat("my-busy");
    becomes(page.locator(".head .pill").first(), "Running");
    appears(page.locator(".findings li").first());
    button(page, "Stop…").focus();
    page.route(
        "**/api/instances/" + id,
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(
                        route
                            .fetch()
                            .text()
                            .replaceAll("\"in_flight\":\\d+", "\"in_flight\":617"))));

    assertThat(page.locator("main"))
        .containsText(
            "1,234", // in two regions
            new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
    assertThat(button(page, "Stop…")).isFocused();
  }

  @Test
  void isLaunchedOnceByADoubleClick() {
    visitor.open("launch");
    page.getByLabel("Name").fill("my-plain");
    page.getByLabel("US West (us-west)").check();
    page.getByLabel("Endpoint in US West").fill(container.uri().toString());
    page.getByText("More", new Page.GetByTextOptions().setExact(true)).click();
    page.getByLabel("Check by connection alone").check();
    assertThat(page.getByLabel("Health path")).not().isVisible();
    List<String> launches = new ArrayList<>();
    page.onRequest(
        request -> {
          if (request.method().equals("POST")) {
            launches.add(request.url());
          }
        });
    button(page, "Launch").dblclick();

    becomes(page.locator(".head .pill").first(), "Running"); // ill as its answers are
    assertThat(page.locator(".facts").first()).containsText("By connection");
    assertThat(launches).hasSize(1);
  }

  @Test
  void leavesAFailedInstanceThatMayYetRun() {
    openCustom("my-late");
    becomes(page.locator(".head .pill").first(), "Failed");
    assertThat(page.locator(".banner.bad")).containsText("No container was ready in time");
    assertThat(page.locator("td[data-title=Health] .hint")).not().isEmpty(); // why
    assertThat(button(page, "Stop…")).isVisible();
    assertThat(button(page, "Check now")).isVisible();
    visitor.photograph("failed");
    visitor.assertAccessible("a failed instance");

    container.healthy(true);
    becomes(page.locator(".head .pill").first(), "Running");
    assertThat(page.locator(".banner.bad")).hasCount(0);
  }

  @Test
  void stopsAFailedInstanceThatNobodyWantsAnyMore() {
    openCustom("my-unwanted");
    becomes(page.locator(".head .pill").first(), "Failed");
    visitor.open("instances");
    assertThat(page.locator("tbody")).containsText("my-unwanted");

    page.getByText("my-unwanted").click();
    button(page, "Stop…").click();
    button(page, "Stop it").click();
    becomes(page.locator(".head .pill").first(), "Terminated");
    assertThat(button(page, "Stop…")).hasCount(0);

    page.getByText("Launch another like it").click();
    assertThat(page.getByLabel("Custom API path")).hasValue("/generate");
    assertThat(page.getByLabel("Endpoint in US West")).hasValue(container.uri().toString());
    assertThat(page.getByLabel("Container is OpenAI-compatible")).not().isChecked();
    visitor.open("instances");
    assertThat(page.locator("main")).not().containsText("my-unwanted");
  }
}
