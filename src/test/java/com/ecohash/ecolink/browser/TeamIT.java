package com.ecohash.ecolink.browser;

import static com.ecohash.ecolink.browser.Visitor.press;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.container.GatewayProcess;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An owner and who they invite, each with a browser of their own. */
class TeamIT {
  private static final String GUEST = "grace@example.com";
  private static final String FIRST_PASSWORD = "a sentence of mine";
  private static final String NEXT_PASSWORD = "another sentence of mine";

  private static Chromium chromium;
  private static GatewayProcess gateway;
  private static Company company;

  @BeforeAll
  static void begin() {
    chromium = Chromium.start();
    gateway = GatewayProcess.start(Map.of());
    company = Company.first(gateway.gateway(), "team");
  }

  @AfterAll
  static void end() {
    gateway.close();
    chromium.close();
  }

  private static Visitor visitor(Screen screen) {
    return Visitor.with(chromium, gateway.gateway(), screen);
  }

  @Test
  void growsByALinkAndShrinksAgain() {
    try (Visitor owner = visitor(Screen.DESK_LIGHT);
        Visitor guest = visitor(Screen.PHONE_LIGHT)) {
      owner.signIn(company.email(), Company.PASSWORD);
      String link = invites(owner);
      joins(guest, link);
      changesTheirPassword(guest);
      seesWhatMembersSee(guest);
      isMadeAnOwnerAndRemoved(owner, guest);
      findsItInTheLog(owner);
      owner.assertNoComplaints();
      guest.assertNoComplaints();
    }
  }

  private static String invites(Visitor owner) {
    owner.open("team");
    Page page = owner.page();
    press(page, "Invite somebody");
    page.getByLabel("E-mail").fill(GUEST);
    press(page, "Make the link");
    String link = page.locator(".secret").textContent();
    assertThat(link).contains("/app/join#");
    assertThat(page.locator("main")).containsText("Invitations that wait");
    owner.photograph("invited");
    return link;
  }

  private static void joins(Visitor guest, String link) {
    Page page = guest.page();
    page.navigate(link);
    assertThat(page.locator("h1")).hasText("Join team");
    guest.photograph("join");
    guest.assertAccessible("joining");
    page.getByLabel("New password").fill(FIRST_PASSWORD);
    page.getByLabel("The same again").fill("something else");
    press(page, "Join");
    assertThat(page.locator(".wrong").last()).hasText("The two passwords differ.");
    page.getByLabel("The same again").fill(FIRST_PASSWORD);
    press(page, "Join");
    page.waitForURL("**/app/instances");
  }

  private static void changesTheirPassword(Visitor guest) {
    guest.open("settings");
    Page page = guest.page();
    page.getByLabel("Present password").fill("not it");
    page.getByLabel("New password").fill(NEXT_PASSWORD);
    page.getByLabel("The same again").fill(NEXT_PASSWORD);
    press(page, "Change");
    assertThat(page.locator("main")).containsText("wrong");
    page.getByLabel("Present password").fill(FIRST_PASSWORD);
    press(page, "Change");
    assertThat(page.locator("main")).containsText("The password is changed.");
  }

  private static void seesWhatMembersSee(Visitor guest) {
    Page page = guest.page();
    guest.open("keys");
    assertThat(page.locator("main")).containsText("Owners of the account make and revoke keys.");
    assertThat(page.getByText("Create")).hasCount(0);
    guest.open("audit");
    assertThat(page.locator("main")).containsText("Owners of the account read its audit log.");
    guest.open("team");
    assertThat(page.getByText("Invite somebody")).hasCount(0);
  }

  private static void isMadeAnOwnerAndRemoved(Visitor owner, Visitor guest) {
    owner.open("team");
    Page page = owner.page();
    page.getByLabel("Role of " + GUEST).selectOption("owner");
    assertThat(page.locator("#status")).containsText("is owner now");
    guest.open("keys");
    assertThat(guest.page().getByText("Create a key").first()).isVisible();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Remove " + GUEST)).click();
    page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Remove").setExact(true))
        .click();
    assertThat(page.locator("tbody tr")).hasCount(1);
    guest.page().navigate(gateway.gateway().base() + "/app/instances");
    guest.page().waitForURL("**/app/sign-in?next=*"); // their sessions have ended
  }

  private static void findsItInTheLog(Visitor owner) {
    owner.open("audit");
    assertThat(owner.page().locator("tbody")).containsText("User invited");
    assertThat(owner.page().locator("tbody")).containsText("Role changed");
    assertThat(owner.page().locator("tbody")).containsText("User removed");
    owner.photograph("audit");
  }
}
