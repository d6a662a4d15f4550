package com.ecohash.ecolink.browser;

import static com.ecohash.ecolink.browser.Visitor.press;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.testing.FakeContainer;
import com.ecohash.ecolink.testing.OpenAiContainer;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions that end when nobody thinks of it, and answers that are refused or come late. */
class MishapsIT {
  private static Chromium chromium;
  private static GatewayProcess gateway;
  private static FakeContainer container;
  private static Company company;

  private Visitor visitor;
  private Page page;

  @BeforeAll
  static void begin() {
    chromium = Chromium.start();
    gateway = GatewayProcess.start(Map.of());
    container = OpenAiContainer.start();
    company = Company.first(gateway.gateway(), "sessions").with("25.00");
    String chat = company.launch("my-llama", Category.CHAT, container.uri(), container.uri());
    String unused = company.use(gateway.gateway(), chat, 3);
  }

  @AfterAll
  static void end() {
    container.close();
    gateway.close();
    chromium.close();
  }

  @BeforeEach
  void visit() {
    visitor = Visitor.with(chromium, gateway.gateway(), Screen.DESK_LIGHT);
    page = visitor.page();
    visitor.signIn(company.email(), Company.PASSWORD);
  }

  @AfterEach
  void leave() {
    visitor.assertNoComplaints();
    visitor.close();
  }

  private static Route.FulfillOptions refusal(int status, String message) {
    return new Route.FulfillOptions()
        .setStatus(status)
        .setContentType("application/json")
        .setBody("{\"error\":{\"message\":\"" + message + "\"}}");
  }

  @Test
  void isSaidToGoOnWhenSigningOutFailed() {
    page.route(
        "**/api/session",
        route -> {
          if (route.request().method().equals("DELETE")) {
            route.fulfill(refusal(500, "The database is away."));
          } else {
            route.fallback();
          }
        });
    press(page, "Sign out");
    assertThat(page.locator("#status")).hasText("You are still signed in. The database is away.");
    assertThat(page.locator("h1")).hasText("Instances");
  }

  @Test
  void isNotShownAgainWhenItIsOver() {
    visitor.open("billing");
    page.context().clearCookies();
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    page.waitForURL("**/app/sign-in?next=*");
  }

  @Test
  void leavesWhatWasTypedWhenItEnds() {
    visitor.open("launch");
    page.getByLabel("Name").fill("my-typed");
    page.getByLabel("US West (us-west)").check();
    page.getByLabel("Endpoint in US West").fill(container.uri().toString());
    page.context().clearCookies();
    press(page, "Launch");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Your session has ended.");
    assertThat(page.getByLabel("Name")).hasValue("my-typed");
    visitor.photograph("session-ended");

    Page other = page.waitForPopup(() -> page.getByText("Sign in in another tab").click());
    other.getByLabel("E-mail").fill(company.email());
    other.getByLabel("Password").fill(Company.PASSWORD);
    other.keyboard().press("Enter");
    other.waitForURL("**/app/instances");
    press(page, "Launch");
    page.waitForURL("**/app/instance?id=*");
  }

  @Test
  void saysWhyAFileIsRefused() {
    visitor.open("transactions");
    page.route("**/*.csv", route -> route.fulfill(refusal(400, "Too many rows for one file.")));
    page.getByText("CSV").click();
    assertThat(page.locator(".banner.bad")).hasText("Too many rows for one file.");
    visitor.open("requests");
    page.getByText("CSV").click();
    assertThat(page.locator(".banner.bad")).hasText("Too many rows for one file.");
  }

  @Test
  void showsTheAnswerToTheLastChoiceWhicheverComesLast() {
    visitor.open("requests");
    assertThat(page.locator("tbody tr")).hasCount(3);
    List<Route> held = new ArrayList<>();
    page.route("**/api/usage?from=*", held::add);
    page.waitForRequest(
        "**/api/usage?from=*", () -> page.getByLabel("Period").selectOption("last-month"));
    page.getByLabel("Period").selectOption("");
    assertThat(page.locator("tbody tr")).hasCount(3);
    page.waitForResponse("**/api/usage?from=*", () -> held.forEach(Route::resume));
    assertThat(page.getByLabel("Period")).hasValue("");
    page.evaluate("new Promise((done) => setTimeout(done))"); // what came is drawn
    assertThat(page.locator(".empty")).hasCount(0);
    assertThat(page.locator("tbody tr")).hasCount(3);
  }

  @Test
  void showsMoreOfAListWithoutLosingThePlace() {
    page.route(
        "**/api/usage",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(route.fetch().text().replaceFirst("}$", ",\"next_cursor\":\"x\"}"))));
    page.route(
        "**/api/usage?cursor=x",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody("{\"data\":[],\"next_cursor\":null}")));
    visitor.open("requests");
    press(page, "Show more");
    assertThat(page.getByText("Show more")).hasCount(0);
    assertThat(page.locator("tbody tr")).hasCount(3);
    assertThat(page.locator(".scroll")).isFocused();
  }
}
