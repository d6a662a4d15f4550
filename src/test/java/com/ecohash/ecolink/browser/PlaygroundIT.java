package com.ecohash.ecolink.browser;

import static com.ecohash.ecolink.browser.Visitor.button;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.container.GatewayProcess;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.ecohash.ecolink.testing.OpenAiContainer;
import com.ecohash.ecolink.testing.SampleMedia;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every category of the Playground, answered by a container that speaks as vLLM and its like do.
 */
class PlaygroundIT {
  private static Chromium chromium;
  private static GatewayProcess gateway;
  private static FakeContainer container;
  private static Company company;
  private static Map<Category, String> models;

  private Visitor visitor;
  private Page page;

  @BeforeAll
  static void begin() {
    chromium = Chromium.start();
    gateway = GatewayProcess.start(Map.of());
    container = OpenAiContainer.start();
    company = Company.first(gateway.gateway(), "playground").with("50.00");
    models = company.launchAll(container.uri());
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

  private void openWith(Category category) {
    visitor.openPlayground(Objects.requireNonNull(models.get(category)));
  }

  private Locator answer() {
    return page.locator(".turn.assistant").last();
  }

  private void say(String text) {
    page.getByLabel("Message").fill(text);
    page.keyboard().press("Enter");
  }

  @Test
  void streamsAChatAndSaysWhatItCost() {
    openWith(Category.CHAT);
    page.getByText("System prompt and settings").click();
    page.getByLabel("System prompt").fill("Be brief.");
    say("Hello");

    assertThat(answer().locator(".content")).containsText(OpenAiContainer.REPLY);
    assertThat(answer().locator(".foot")).containsText("$0.000035");
    assertThat(answer().locator(".foot")).containsText(Pattern.compile("first token [\\d.]+ m?s"));
    assertThat(container.received())
        .anySatisfy(request -> assertThat(request.text()).contains("Be brief."));
    visitor.photograph("playground-chat");

    answer().getByRole(AriaRole.LINK).click();
    assertThat(page.locator(".total")).hasText("$0.000035");
    assertThat(page.locator("main")).containsText("Cached input tokens");
    visitor.photograph("receipt");
  }

  @Test
  void stopsAChat() {
    openWith(Category.CHAT);
    say("Answer " + OpenAiContainer.SLOWLY);
    assertThat(answer().locator(".content")).containsText("slow slow");
    int abandoned = container.abandoned();
    button(page, "Stop").click();

    assertThat(answer().locator(".foot")).containsText("stopped");
    assertThat(answer().locator(".foot")).containsText("estimated");
    await().until(() -> container.abandoned() > abandoned);
    assertThat(button(page, "Send")).isVisible();
  }

  @Test
  void keepsCharactersWholeThatAreSplitOverPieces() {
    openWith(Category.CHAT);
    byte[] event =
        "data: {\"choices\":[{\"delta\":{\"content\":\"Grüße 🌍 日本\"}}]}\r\n\r\n"
            .getBytes(StandardCharsets.UTF_8);
    String[] pieces = new String[event.length + 2];
    pieces[0] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: comment\r\n\r\n";
    for (int i = 0; i < event.length; i++) {
      pieces[i + 1] = String.valueOf((char) (event[i] & 0xff));
    }
    pieces[event.length + 1] = "data: [DONE]\n\n";
    container.next(Behaviour.Pieces.of(Behaviour.Pieces.Then.CLOSE, pieces));
    say("Hello");

    assertThat(answer().locator(".content")).containsText("Grüße 🌍 日本");
    assertThat(answer().locator(".foot")).containsText("$");
  }

  @Test
  void saysWhenTheContainerFailsInTheMiddle() {
    openWith(Category.CHAT);
    container.next(new Behaviour.CloseAfterBytes(600));
    say("Hello");

    assertThat(answer().locator(".banner.bad")).containsText("container");
    assertThat(page.getByLabel("Message")).not().isEmpty();
  }

  @Test
  void showsMarkdownOfWhichNothingActs() {
    openWith(Category.CHAT);
    String markdown =
        "**bold** <script>window.acted=1</script><img src=x onerror='window.acted=1'>"
            + "<a href='javascript:window.acted=1'>link</a> [go](javascript:window.acted=1)"
            + " <form action=/x><input name=a></form> <style>body{display:none}</style>"
            + " <iframe src=//example.com></iframe> ![x](https://example.com/x.png)"
            + "\\n\\n| a | b |\\n|---|---|\\n| 1 | 2 |";
    container.next(
        new Behaviour.Events(
            List.of(
                "{\"choices\":[{\"delta\":{\"content\":\"" + markdown + "\"}}]}",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}",
                "[DONE]"),
            Duration.ZERO));
    say("Hello");

    assertThat(answer().locator(".content strong")).hasText("bold");
    assertThat(answer().locator(".content table td")).hasCount(2);
    answer().getByText("go", new Locator.GetByTextOptions().setExact(true)).click();
    assertThat(answer().locator(".content")).containsText("<script>"); // as text
    assertThat(answer().locator("script, img, form, input, style, iframe")).hasCount(0);
    assertThat(page.evaluate("window.acted === undefined")).isEqualTo(true);
  }

  @Test
  void showsTheSameRequestAsCode() {
    openWith(Category.CHAT);
    button(page, "Show as code").click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).containsText("/v1/chat/completions");
    dialog.getByRole(AriaRole.TAB, new Locator.GetByRoleOptions().setName("Python")).click();
    assertThat(dialog).containsText("client.chat.completions.create(");
    assertThat(dialog).containsText("my-chat:");
    visitor.photograph("playground-code");
    visitor.assertAccessible("the dialog with code");
    page.keyboard().press("Escape");
    assertThat(dialog).not().isVisible();
  }

  @Test
  void comparesEmbeddings() {
    openWith(Category.EMBEDDING);
    button(page, "Compare").click();
    assertThat(page.locator(".matrix td.number")).hasCount(9);
    assertThat(page.locator(".matrix td.number").first()).hasText("1.000");
    assertThat(page.locator(".meta")).containsText("$0.000042");
    visitor.photograph("playground-embedding");
    visitor.assertAccessible("embeddings");
  }

  @Test
  void showsImages() {
    openWith(Category.IMAGE);
    page.getByLabel("Prompt").fill("A pixel");
    page.getByLabel("Pictures").fill("2");
    button(page, "Generate").click();
    assertThat(page.locator(".pictures img")).hasCount(2);
    assertThat(page.locator(".pictures img").first()).hasJSProperty("complete", true);
    assertThat(page.locator(".meta")).containsText("$0.08");
    visitor.photograph("playground-image");
  }

  @Test
  void playsSpeech() {
    openWith(Category.AUDIO_SPEECH);
    page.getByLabel("Text").fill("Hello");
    page.getByLabel("Format").selectOption("wav");
    button(page, "Speak").click();
    Locator player = page.locator("audio");
    assertThat(player).isVisible();
    await()
        .until(
            () -> ((Number) player.evaluate("player => player.duration || 0")).doubleValue() > 0);
    assertThat(page.locator(".meta")).containsText("$");
    visitor.photograph("playground-speech");
  }

  @Test
  void transcribesAFileAndARecording() {
    openWith(Category.AUDIO_TRANSCRIPTION);
    byte[] wav = SampleMedia.wav();
    page.getByLabel("Audio file").setInputFiles(new FilePayload("a.wav", "audio/wav", wav));
    button(page, "Transcribe").click();
    assertThat(page.locator("blockquote")).hasText(OpenAiContainer.sha256(wav));
    assertThat(page.locator(".meta")).containsText("$0.60");
    visitor.photograph("playground-transcription");

    button(page, "Record").click();
    assertThat(button(page, "End the recording")).isVisible();
    button(page, "End the recording").click();
    assertThat(button(page, "Record")).isVisible();
    assertThat(page.locator("audio")).isVisible();
    button(page, "Transcribe").click();
    assertThat(page.locator("blockquote")).not().hasText(OpenAiContainer.sha256(wav));
    assertThat(page.locator("blockquote")).hasText(Pattern.compile("[0-9a-f]{64}"));
  }

  @Test
  void followsAVideoUntilItIsDone() {
    openWith(Category.VIDEO);
    page.getByLabel("Prompt").fill("A pixel");
    button(page, "Generate").click();
    assertThat(page.locator("progress")).isVisible();
    assertThat(page.locator("main")).containsText("The video is done.");
    assertThat(page.locator(".meta")).containsText("$0.60");
    visitor.photograph("playground-video");
  }
}
