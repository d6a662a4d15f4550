package com.ecohash.ecolink.browser;

import static com.ecohash.ecolink.browser.Visitor.press;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.container.RunningGateway;
import com.ecohash.ecolink.testing.FakeContainer;
import com.ecohash.ecolink.testing.OpenAiContainer;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Somebody who has read no documentation, from the first sign-in to the bill: launches an instance
 * of either mode, makes and revokes a key, tries the instance, and finds what that cost. On a
 * phone's and on a desk's screen.
 */
class ConsoleIT {
  private static final String SCRIPT =
      "<img src=x onerror=window.acted=1><script>window.acted=1</script>";

  private static Chromium chromium;
  private static GatewayProcess process;
  private static RunningGateway gateway;
  private static FakeContainer container;

  @BeforeAll
  static void begin() {
    chromium = Chromium.start();
    process = GatewayProcess.start(Map.of("ecolink.probe.interval", "500ms"));
    gateway = process.gateway();
    container = OpenAiContainer.start();
    Company.first(gateway, "regions");
  }

  @AfterAll
  static void end() {
    container.close();
    process.close();
    chromium.close();
  }

  @ParameterizedTest
  @EnumSource
  void leadsFromSigningInToTheBill(Screen screen) throws IOException {
    Company company = Company.next(gateway, screen.label()).with("20.00");
    try (Visitor visitor = Visitor.with(chromium, gateway, screen)) {
      Page page = visitor.page();
      comesToTheSignIn(visitor, company);
      launchesAnOpenAiInstance(visitor);
      launchesACustomInstance(visitor);
      String key = makesAKey(visitor);
      assertThat(statusWith(key)).isEqualTo(200);
      revokesIt(visitor);
      assertThat(statusWith(key)).isEqualTo(401);
      triesTheInstance(visitor);
      findsTheCost(visitor);
      stopsTheInstance(visitor);
      signsOut(visitor);
      assertThat(page.evaluate("window.acted === undefined")).isEqualTo(true);
      visitor.assertNoComplaints();
    }
  }

  private static int statusWith(String key) {
    return gateway
        .send(
            HttpRequest.newBuilder(gateway.resolve("/v1/models"))
                .header("Authorization", "Bearer " + key)
                .build())
        .statusCode();
  }

  private static void comesToTheSignIn(Visitor visitor, Company company) {
    Page page = visitor.page();
    page.navigate(gateway.base() + "/app/keys");
    page.waitForURL("**/app/sign-in?next=*");
    page.getByLabel("E-mail").fill(company.email());
    page.getByLabel("Password").fill("a wrong one");
    press(page, "Sign in");
    assertThat(page.getByRole(AriaRole.ALERT))
        .hasText("The e-mail address or the password is wrong.");
    page.getByLabel("Password").fill(Company.PASSWORD);
    page.keyboard().press("Enter");
    page.waitForURL("**/app/keys"); // where they wanted to go
    visitor.open("instances");
    assertThat(page.locator(".empty h2")).hasText("No instances yet");
    visitor.photograph("first-visit");
  }

  private static void launchesAnOpenAiInstance(Visitor visitor) {
    Page page = visitor.page();
    follow(page, "Launch the first");
    page.getByLabel("Name").fill("my-llama");
    assertThat(page.getByLabel("Container is OpenAI-compatible")).isChecked();
    assertThat(page.getByLabel("Custom API path")).not().isVisible();
    page.getByLabel("US West (us-west)").check();
    page.getByLabel("Endpoint in US West").fill("http://169.254.169.254/");
    press(page, "Launch");
    assertThat(
            page.locator(".place .wrong").filter(new Locator.FilterOptions().setHasText("refused")))
        .isVisible(); // the sentence stands beside the field
    page.getByLabel("Endpoint in US West").fill(container.uri().toString());
    press(page, "Launch");
    page.waitForURL("**/app/instance?id=*");
    assertThat(page.locator(".banner.good"))
        .containsText(
            "It is running", new LocatorAssertions.ContainsTextOptions().setTimeout(20_000));
    assertThat(page.locator(".code")).containsText("/v1/chat/completions");
    visitor.photograph("launched");
  }

  private static void follow(Page page, String link) {
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true))
        .first()
        .click();
  }

  private static void launchesACustomInstance(Visitor visitor) {
    Page page = visitor.page();
    visitor.open("launch");
    page.getByLabel("Name").fill("my-own");
    page.getByLabel("Container is OpenAI-compatible").uncheck();
    assertThat(page.getByLabel("Category")).not().isVisible();
    page.getByLabel("Custom API path").fill("/generate");
    page.getByLabel("GPU type").selectOption("h100");
    page.getByLabel("EU Central (eu-central)").check();
    page.getByLabel("Endpoint in EU Central").fill(container.uri().toString());
    assertThat(page.locator("main")).containsText("$3.60 for each hour");
    visitor.photograph("launch-custom");
    press(page, "Launch");
    page.waitForURL("**/app/instance?id=*");
    assertThat(page.locator(".banner.good"))
        .containsText(
            "It is running", new LocatorAssertions.ContainsTextOptions().setTimeout(20_000));
    assertThat(page.locator(".code")).containsText("/proxy/generate");
    visitor.open("instances");
    assertThat(page.locator("tbody tr")).hasCount(2);
  }

  private static String makesAKey(Visitor visitor) {
    Page page = visitor.page();
    visitor.open("keys");
    press(page, "Create the first");
    page.getByLabel("Name").fill(SCRIPT);
    page.getByLabel("Requests a minute").fill("120");
    page.getByLabel("Expires").selectOption("30");
    visitor.photograph("key-dialog");
    visitor.assertAccessible("the dialog for a key");
    press(page, "Create");
    String key = page.locator(".secret").textContent();
    press(page, "Copy the key");
    assertThat(page.getByText("Copied", new Page.GetByTextOptions().setExact(true))).isVisible();
    assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(key);
    assertThat(page.locator("tbody tr td").first()).containsText(SCRIPT);
    visitor.photograph("key-made");
    page.reload();
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator(".secret")).hasCount(0);
    return key;
  }

  private static void revokesIt(Visitor visitor) {
    Page page = visitor.page();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Revoke")).click();
    press(page, "Revoke it");
    assertThat(page.locator("tbody .pill")).hasText("Revoked");
    // the button that had the focus is gone; keys go on from the page's beginning
    assertThat(page.locator("#main")).isFocused();
  }

  private static void triesTheInstance(Visitor visitor) {
    Page page = visitor.page();
    visitor.open("playground");
    assertThat(page.getByLabel("Model").locator("option")).hasCount(1); // not the custom one
    page.getByLabel("Message").fill("Hello");
    page.keyboard().press("Enter");
    assertThat(page.locator(".turn.assistant .content")).containsText(OpenAiContainer.REPLY);
    assertThat(page.locator(".turn.assistant .foot")).containsText("$0.000035");
    visitor.photograph("playground");
  }

  private static void findsTheCost(Visitor visitor) throws IOException {
    Page page = visitor.page();
    await("the record in the database")
        .until(
            () -> {
              visitor.open("requests");
              return page.locator("tbody tr").count() == 1;
            });
    assertThat(page.locator("tbody")).containsText("$0.000035");
    visitor.photograph("requests");
    Download download = page.waitForDownload(() -> follow(page, "CSV"));
    assertThat(Files.readString(download.path())).contains("req_", "0.000035");
    visitor.open("billing");
    // of the one that is billed by use; the other's GPU time costs more every second
    assertThat(page.locator("tbody").first()).containsText("$0.000035");
    assertThat(page.locator(".tile").nth(2)).containsText("1");
    assertThat(page.locator("canvas")).isVisible();
    visitor.photograph("billing");
    visitor.open("transactions");
    assertThat(page.locator("tbody")).containsText("$20.00");
    assertThat(page.locator("tbody")).containsText(Pattern.compile("-\\$0\\.000035"));
  }

  private static void stopsTheInstance(Visitor visitor) {
    Page page = visitor.page();
    visitor.open("instances");
    follow(page, "my-llama");
    press(page, "Stop…");
    press(page, "Stop it");
    assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
    assertThat(page.locator(".head .pill").first())
        .hasText(
            Pattern.compile("Stopping|Terminated"),
            new LocatorAssertions.HasTextOptions().setTimeout(20_000));
  }

  private static void signsOut(Visitor visitor) {
    Page page = visitor.page();
    if (page.locator(".menu-button").isVisible()) {
      press(page, "Menu");
      visitor.photograph("menu");
    }
    press(page, "Sign out");
    page.waitForURL("**/app/sign-in");
    page.navigate(gateway.base() + "/app/billing");
    page.waitForURL("**/app/sign-in?next=*");
  }
}
