package com.ecohash.ecolink.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.testing.FakeContainer;
import com.ecohash.ecolink.testing.OpenAiContainer;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
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
                "ecolink.probe.interval", "300ms",
                "ecolink.instances.launch-wait", "0",
                "ecolink.instances.start-max", "5s"));
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
    visitor = Visitor.with(chromium, gateway.gateway().base().toString(), Screen.PHONE_LIGHT);
    page = visitor.page();
    visitor.signIn(company.email(), Company.PASSWORD);
  }

  @AfterEach
  void leave() {
    visitor.assertNoComplaints();
    visitor.close();
    container.close();
  }

  private Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void becomes(Locator state, String word) {
    assertThat(state)
        .hasText(word, new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLIS));
  }

  private void openCustom(String name) {
    visitor.open(
        "instance?id=" + company.launchCustom(name, Company.WEST, container.uri(), "/generate"));
  }

  @Test
  void leavesAFailedInstanceThatMayYetRun() {
    openCustom("my-late");
    becomes(page.locator(".head .pill").first(), "Failed");
    assertThat(page.locator(".banner.bad")).containsText("No container was ready in time");
    assertThat(page.locator("td[data-title=Health] .hint")).not().isEmpty(); // why
    assertThat(button("Stop…")).isVisible();
    assertThat(button("Check now")).isVisible();
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
    button("Stop…").click();
    button("Stop it").click();
    becomes(page.locator(".head .pill").first(), "Terminated");
    assertThat(button("Stop…")).hasCount(0);

    page.getByText("Launch another like it").click();
    assertThat(page.getByLabel("Custom API path")).hasValue("/generate");
    assertThat(page.getByLabel("Endpoint in US West")).hasValue(container.uri().toString());
    assertThat(page.getByLabel("Container is OpenAI-compatible")).not().isChecked();
    visitor.open("instances");
    assertThat(page.locator("main")).not().containsText("my-unwanted");
  }
}
