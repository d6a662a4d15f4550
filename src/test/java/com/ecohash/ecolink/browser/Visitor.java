package com.ecohash.ecolink.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.deque.html.axecore.results.Rule;
import com.ecohash.ecolink.container.RunningGateway;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Somebody with a browser of their own. Whatever the browser complains about while they visit (an
 * error on its console, a script that threw, something that the content security policy forbade) is
 * kept, and {@link #assertNoComplaints} fails with it.
 */
final class Visitor implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final Set<String> GRAVE = Set.of("serious", "critical");

  private final String base;
  private final BrowserContext context;
  private final Page page;
  private final Screen screen;
  private final List<String> complaints = new ArrayList<>();

  private Visitor(String base, BrowserContext context, Screen screen) {
    this.base = base;
    this.context = context;
    this.screen = screen;
    this.page = context.newPage();
    page.onConsoleMessage(this::heard);
    page.onPageError(error -> complaints.add("threw: " + error));
  }

  static Visitor with(Chromium chromium, RunningGateway gateway, Screen screen) {
    BrowserContext context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(screen.width(), screen.height())
                    .setColorScheme(screen.scheme())
                    .setLocale("en-US")
                    .setPermissions(List.of("clipboard-read", "clipboard-write", "microphone")));
    return new Visitor(gateway.base().toString(), context, screen);
  }

  /** An answer that was a refusal is on the console too, and no complaint: pages tell it. */
  private void heard(ConsoleMessage message) {
    boolean refusal = message.text().startsWith("Failed to load resource: the server responded");
    if (message.type().equals("error") && !refusal) {
      complaints.add(message.text());
    }
  }

  Page page() {
    return page;
  }

  Screen screen() {
    return screen;
  }

  /** By the form, as anybody; ends on the first page. */
  void signIn(String email, String password) {
    page.navigate(base + "/app/sign-in");
    page.getByLabel("E-mail").fill(email);
    page.getByLabel("Password").fill(password);
    page.keyboard().press("Enter");
    page.waitForURL("**/app/instances");
    awaitContent();
  }

  /** Without a page, so that nothing of the console is in the cache. */
  void signInQuietly(String email, String password) {
    APIResponse answer =
        context
            .request()
            .post(
                base + "/api/session",
                RequestOptions.create().setData(Map.of("email", email, "password", password)));
    assertThat(answer.status()).isEqualTo(200);
  }

  /** A page of the console, when it has shown what it shows. */
  void open(String name) {
    page.navigate(base + "/app/" + name);
    awaitContent();
  }

  private void awaitContent() {
    page.locator("main h1")
        .first()
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.VISIBLE));
    page.waitForLoadState(LoadState.NETWORKIDLE);
  }

  static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  static void press(Page page, String button) {
    button(page, button).click();
  }

  /** The Playground with a model, whose panel is there. */
  void openPlayground(String model) {
    open("playground?model=" + model.replace(":", "%3A"));
    PlaywrightAssertions.assertThat(page.getByLabel("Model")).hasValue(model);
  }

  /** A picture of the whole page as it is, by the page's and the screen's name. */
  void photograph(String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(SCREENSHOTS.resolve(name + "-" + screen.label() + ".png"))
            .setFullPage(true));
  }

  /** Nothing that keeps people out, by axe; and nothing is wider than the screen. */
  void assertAccessible(String what) {
    AxeResults results = new AxeBuilder(page).analyze();
    List<String> grave =
        results.getViolations().stream()
            .filter(rule -> GRAVE.contains(rule.getImpact()))
            .map(Visitor::described)
            .toList();
    assertThat(grave).as("what axe finds on %s, %s", what, screen).isEmpty();
    Object overflow =
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertThat(((Number) overflow).intValue())
        .as("pixels by which %s is too wide, %s", what, screen)
        .isLessThanOrEqualTo(0);
  }

  private static String described(Rule rule) {
    List<String> nodes = rule.getNodes().stream().map(node -> node.getHtml()).limit(3).toList();
    return rule.getId() + " (" + rule.getImpact() + "): " + rule.getHelp() + " " + nodes;
  }

  void assertNoComplaints() {
    assertThat(complaints).as("what the browser complained about, %s", screen).isEmpty();
  }

  @Override
  public void close() {
    context.close();
  }
}
