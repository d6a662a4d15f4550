package com.ecohash.ecolink.browser;

import static com.ecohash.ecolink.browser.Visitor.press;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.ecohash.ecolink.testing.OpenAiContainer;
import com.ecohash.ecolink.testing.SampleMedia;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.FilePayload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What containers answer, as it is shown: open to everybody, and told where it is no answer. */
class AnswersIT {
  private static final String LONG =
      "# A heading\\n\\nSome `code` and a table:\\n\\n| first | second | third |\\n|---|---|---|\\n"
          + "| averyveryverylongwordthatdoesnotfitonaphone | b | c |\\n\\n```\\n"
          + "x".repeat(200)
          + "\\n```\\n\\n> said\\n\\n1. one\\n2. two";

  private static Chromium chromium;
  private static GatewayProcess gateway;
  private static FakeContainer container;
  private static Company company;
  private static Map<Category, String> models;

  @BeforeAll
  static void begin() {
    chromium = Chromium.start();
    gateway = GatewayProcess.start(Map.of("ecolink.check.on-launch", "false"));
    container = OpenAiContainer.start();
    company = Company.first(gateway.gateway(), "answers").with("50.00");
    models = company.launchAll(container.uri());
  }

  @AfterAll
  static void end() {
    container.close();
    gateway.close();
    chromium.close();
  }

  private static Visitor visitor(Screen screen) {
    Visitor visitor = Visitor.with(chromium, gateway.gateway(), screen);
    visitor.signIn(company.email(), Company.PASSWORD);
    return visitor;
  }

  private static void openWith(Visitor visitor, Category category) {
    visitor.openPlayground(Objects.requireNonNull(models.get(category)));
  }

  private static void say(Page page, String text) {
    page.getByLabel("Message").fill(text);
    page.keyboard().press("Enter");
  }

  private static Locator answer(Page page) {
    return page.locator(".turn.assistant").last();
  }

  private static Behaviour.Events events(String... deltas) {
    List<String> data = new ArrayList<>();
    for (String delta : deltas) {
      data.add("{\"choices\":[{\"delta\":" + delta + "}]}");
    }
    data.add("[DONE]");
    return new Behaviour.Events(data, Duration.ZERO);
  }

  @ParameterizedTest
  @EnumSource
  void areOpenToEverybody(Screen screen) {
    try (Visitor visitor = visitor(screen)) {
      Page page = visitor.page();
      openWith(visitor, Category.CHAT);
      container.next(
          events("{\"reasoning_content\":\"I think.\"}", "{\"content\":\"" + LONG + "\"}"));
      say(page, "A question");
      assertThat(answer(page).locator(".cost a")).isVisible();
      assertThat(answer(page).locator("summary")).isVisible();
      looked(visitor, "conversation");
      openWith(visitor, Category.EMBEDDING);
      press(page, "Compare");
      looked(visitor, "matrix");
      openWith(visitor, Category.IMAGE);
      page.getByLabel("Prompt").fill("A pixel");
      press(page, "Generate");
      looked(visitor, "picture");
      openWith(visitor, Category.AUDIO_SPEECH);
      page.getByLabel("Text").fill("Hello");
      press(page, "Speak");
      looked(visitor, "player");
      openWith(visitor, Category.AUDIO_TRANSCRIPTION);
      page.getByLabel("Audio file")
          .setInputFiles(new FilePayload("a.wav", "audio/wav", SampleMedia.wav()));
      press(page, "Transcribe");
      looked(visitor, "transcript");
      openWith(visitor, Category.VIDEO);
      container.next(
          new Behaviour.Status(
              200,
              "{\"status\":\"completed\",\"b64_json\":\"%s\"}"
                  .formatted(Base64.getEncoder().encodeToString(new byte[100]))));
      page.getByLabel("Prompt").fill("A pixel");
      press(page, "Generate");
      assertThat(page.locator("video")).isVisible();
      looked(visitor, "video");
      visitor.assertNoComplaints();
    }
  }

  private static void looked(Visitor visitor, String what) {
    assertThat(visitor.page().locator(".meta").last()).isVisible();
    assertThat(visitor.page().locator(".cost")).not().hasText(" · cost follows…");
    visitor.photograph("answer-" + what);
    visitor.assertAccessible(what);
  }

  @Test
  void areStoppedOnAPhone() {
    try (Visitor visitor = visitor(Screen.PHONE_LIGHT)) {
      Page page = visitor.page();
      openWith(visitor, Category.CHAT);
      say(page, "Answer " + OpenAiContainer.SLOWLY);
      assertThat(answer(page).locator(".content")).containsText("slow slow");
      press(page, "Stop");
      assertThat(answer(page).locator(".foot")).containsText("stopped");
      assertThat(page.getByText("Send", new Page.GetByTextOptions().setExact(true))).isVisible();
      visitor.photograph("stopped");
      visitor.assertNoComplaints();
    }
  }

  @Test
  void areFollowedToTheirEnd() {
    try (Visitor visitor = visitor(Screen.DESK_LIGHT)) {
      Page page = visitor.page();
      openWith(visitor, Category.CHAT);
      String long1 = "{\"content\":\"" + "a line\\n\\n".repeat(60) + "\"}";
      for (int i = 0; i < 2; i++) {
        container.next(events(long1, "{\"content\":\"the end\"}"));
        say(page, "Hello");
        assertThat(answer(page).locator(".foot")).containsText("$");
      }
      Object away =
          page.locator(".talk")
              .evaluate("talk => talk.scrollHeight - talk.scrollTop - talk.clientHeight");
      assertThat(((Number) away).doubleValue()).isLessThan(60);
    }
  }

  @Test
  void areKeptWhenAnotherModelIsChosen() {
    String other = company.launch("my-other", Category.CHAT, container.uri(), container.uri());
    try (Visitor visitor = visitor(Screen.DESK_LIGHT)) {
      Page page = visitor.page();
      openWith(visitor, Category.CHAT);
      page.getByText("System prompt and settings").click();
      page.getByLabel("System prompt").fill("Be brief.");
      say(page, "Hello");
      assertThat(answer(page).locator(".foot")).containsText("11 in, 4 out");
      page.getByLabel("Model").selectOption(other);
      assertThat(page.getByLabel("System prompt")).hasValue("Be brief.");
      say(page, "And you?");
      assertThat(page.locator(".turn")).hasCount(4);
      assertThat(answer(page).locator(".name")).hasText(other);
      assertThat(answer(page).locator(".foot")).containsText("$");
      assertThat(container.received())
          .anySatisfy(
              request ->
                  assertThat(request.text())
                      .contains("Be brief.", OpenAiContainer.REPLY, "And you?"));
    }
  }

  @Test
  void areReadWhereTheContainerDoesNotStream() {
    try (Visitor visitor = visitor(Screen.DESK_LIGHT)) {
      openWith(visitor, Category.CHAT);
      container.next(
          new Behaviour.Status(
              200,
              "{\"choices\":[{\"message\":{\"content\":\"All at once\"},\"finish_reason\":\"length\"}],"
                  + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":3}}"));
      say(visitor.page(), "Hello");
      assertThat(answer(visitor.page()).locator(".content")).containsText("All at once");
      assertThat(answer(visitor.page()).locator(".foot")).containsText("ended by length");
    }
  }

  @Test
  void areSaidToHaveNoFormWhereTheyHaveNone() {
    try (Visitor visitor = visitor(Screen.DESK_LIGHT)) {
      Page page = visitor.page();
      openWith(visitor, Category.EMBEDDING);
      container.next(new Behaviour.Status(200, "{}"));
      press(page, "Compare");
      assertThat(page.locator(".banner.bad")).containsText("has not the form");
      openWith(visitor, Category.IMAGE);
      container.next(new Behaviour.Status(200, "{\"data\":[{\"b64_json\":\"?\"}]}"));
      page.getByLabel("Prompt").fill("A pixel");
      press(page, "Generate");
      assertThat(page.locator(".banner.bad")).containsText("has not the form");
      assertThat(page.getByText("Generate", new Page.GetByTextOptions().setExact(true)))
          .isVisible();
    }
  }

  @Test
  void tellHowFarAnUploadIsUntilItIsStopped() {
    try (Visitor visitor = visitor(Screen.PHONE_LIGHT)) {
      Page page = visitor.page();
      openWith(visitor, Category.AUDIO_TRANSCRIPTION);
      page.getByLabel("Audio file")
          .setInputFiles(new FilePayload("a.wav", "audio/wav", SampleMedia.wav()));
      container.next(new Behaviour.Stall());
      press(page, "Transcribe");
      assertThat(page.locator("main")).containsText("Listening…");
      assertThat(page.locator("progress")).isVisible();
      visitor.photograph("uploading");
      press(page, "Stop");
      assertThat(page.locator("main")).containsText("Stopped.");
      assertThat(page.locator("progress")).hasCount(0);
    }
  }

  @Test
  void areAskedForAgainWhenAVideoCannotBeHadOnceAndAfterAReload() {
    try (Visitor visitor = visitor(Screen.DESK_LIGHT)) {
      Page page = visitor.page();
      AtomicInteger polls = new AtomicInteger();
      page.route(
          "**/v1/video/generations/video_1",
          route -> {
            if (polls.getAndIncrement() == 0) {
              route.abort();
            } else {
              route.resume();
            }
          });
      openWith(visitor, Category.VIDEO);
      page.getByLabel("Prompt").fill("A pixel");
      press(page, "Generate");
      assertThat(page.locator("main"))
          .containsText(
              "The video is done.", new LocatorAssertions.ContainsTextOptions().setTimeout(15_000));
      assertThat(polls.get()).isGreaterThan(1);
      page.reload();
      assertThat(page.locator("main")).containsText("The video is done.");
    }
  }
}
