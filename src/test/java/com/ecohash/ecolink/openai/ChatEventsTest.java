package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatEventsTest {
  private static final int EVENT_BYTES_MAX = 1 << 20;
  private static final String CONTENT =
      "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"héllo\"}}]}";
  private static final String USAGE =
      "{\"id\":\"c\",\"choices\":[ ],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}}";
  private static final TokenUsage SEVEN_AND_TWO = new TokenUsage(7, 0, 2, 0);

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ChatEvents events = new ChatEvents(true, EVENT_BYTES_MAX);

  /** A part of a stream, whether it is taken out, and how many content events it is. */
  private record Unit(String text, boolean dropped, int contentEvents, int contentBytes) {}

  private static List<Unit> units(String eol) {
    return List.of(
        event(eol, 1, 6, "data: " + CONTENT),
        event(eol, 1, 6, "data:" + CONTENT.replace(":", ": ")),
        event(eol, 1, 6, "data: " + CONTENT.replace("}]}", "}],\"usage\":null}")),
        event(eol, 1, 6, "event: message", "id: 7", "data: " + CONTENT),
        event(eol, 1, 0, "data: {\"choices\":", "data: [1],", "data", "data: \"error\": null}"),
        event(eol, 1, 0, "data: {\"choices\":[1],\"usage\":{\"prompt_tokens\":5}}"),
        event(eol, 1, 0, "data: {\"choices\":[],\"usage\":null}"),
        event(eol, 1, 0, "data: no JSON but \"usage\""),
        event(eol, 0, 0, "data:"),
        event(eol, 0, 0, "retry: 3000"),
        event(eol, 0, 0, "dat", "database: {\"usage\":{}}"),
        new Unit(": keep-alive ünd so" + eol, false, 0, 0),
        new Unit(eol, false, 0, 0),
        new Unit(eol + eol, false, 0, 0),
        dropped(eol, "data: " + USAGE),
        dropped(eol, "data:{\"usage\":{}}"),
        dropped(
            eol,
            "event: x",
            "data: {\"usage\" : {\"prompt_tokens\":1},",
            ": c",
            "data:\"choices\":[]}"));
  }

  private static Unit event(String eol, int events, int bytes, String... lines) {
    return new Unit(String.join(eol, lines) + eol + eol, false, events, bytes);
  }

  private static Unit dropped(String eol, String... lines) {
    return new Unit(String.join(eol, lines) + eol + eol, true, 0, 0);
  }

  @Property(tries = 2000)
  void theOutputIsTheInputWithoutItsUsageEvents(@ForAll long seed) {
    Random random = new Random(seed);
    List<Unit> choices = units(List.of("\n", "\r\n", "\r").get(random.nextInt(3)));
    List<Unit> stream = new ArrayList<>();
    for (int i = random.nextInt(12); i >= 0; i--) {
      stream.add(choices.get(random.nextInt(choices.size())));
    }
    StringBuilder input = new StringBuilder(random.nextInt(5) == 0 ? "\uFEFF" : "");
    StringBuilder expected = new StringBuilder(input);
    if (input.length() > 0) {
      stream.add(0, choices.get(0));
    }
    stream.forEach(unit -> input.append(unit.text()));
    stream.stream().filter(unit -> !unit.dropped()).forEach(unit -> expected.append(unit.text()));

    for (int pieceMax : new int[] {1, 3, 50, 4000}) {
      ChatEvents fresh = new ChatEvents(true, EVENT_BYTES_MAX);
      Streams.Seen seen = Streams.run(fresh, input.toString().getBytes(UTF_8), random, pieceMax);

      assertThat(seen.output()).isEqualTo(expected.toString());
      assertThat(seen.contentEvents())
          .isEqualTo(stream.stream().mapToLong(Unit::contentEvents).sum());
      assertThat(seen.contentBytes())
          .isEqualTo(stream.stream().mapToLong(Unit::contentBytes).sum());
      assertThat(seen.atBoundary()).isTrue();
      assertThat(fresh.heldBytes()).isZero();
    }
  }

  @Property(tries = 5000)
  void chunkingIsIrrelevantForAnySoup(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> ingredients =
        List.of(
            "\n",
            "\r",
            "\n\n",
            "\r\n",
            "\r\n\r\n",
            "\r\r",
            ":",
            ": x",
            "data: ",
            "data:",
            "é",
            "data",
            USAGE,
            CONTENT,
            "\uFEFF",
            "{\"error\":1}",
            "[DONE]",
            "x".repeat(90),
            "{\"usage\":{}}");
    StringBuilder soup = new StringBuilder();
    for (int i = random.nextInt(20); i >= 0; i--) {
      soup.append(ingredients.get(random.nextInt(ingredients.size())));
    }
    byte[] stream = soup.toString().getBytes(UTF_8);
    int eventBytesMax = random.nextBoolean() ? 100 : EVENT_BYTES_MAX;
    boolean drop = random.nextInt(4) > 0;
    Streams.Seen whole =
        Streams.run(new ChatEvents(drop, eventBytesMax), stream, new Oneness(), stream.length);

    for (int pieceMax : new int[] {1, 2, 5, 60}) {
      assertThat(Streams.run(new ChatEvents(drop, eventBytesMax), stream, random, pieceMax))
          .isEqualTo(whole);
    }
    if (!drop) {
      assertThat(whole.output()).isEqualTo(soup.toString());
    }
  }

  /** Always the largest piece. */
  private static final class Oneness extends Random {
    private static final long serialVersionUID = 1L;

    @Override
    public int nextInt(int bound) {
      return bound - 1;
    }
  }

  @Test
  void wholeEventsPassAsOneSliceOfTheInput() {
    byte[] chunk = ("data: " + CONTENT + "\n\n").repeat(10).getBytes(UTF_8);
    List<String> slices = new ArrayList<>();

    events.feed(
        chunk, 0, chunk.length, (b, off, len) -> slices.add((b == chunk) + " " + off + " " + len));

    assertThat(slices).containsExactly("true 0 " + chunk.length);
    assertThat(events.contentEvents()).isEqualTo(10);
  }

  @Test
  void theBeginningOfAnEventIsHeldAndCommentsAreNot() {
    feed(": keep-al");
    assertThat(output()).isEqualTo(": keep-al");
    assertThat(events.isAtEventBoundary()).isFalse();

    feed("ive\ndata: {\"choi");
    assertThat(output()).isEqualTo(": keep-alive\n");
    assertThat(events.heldBytes()).isEqualTo("data: {\"choi".length());
    assertThat(events.isAtEventBoundary()).isTrue();

    feed("ces\":[1]}\n\n");
    assertThat(output()).isEqualTo(": keep-alive\ndata: {\"choices\":[1]}\n\n");
    assertThat(events.heldBytes()).isZero();
  }

  @Test
  void whatWasPassedStaysUntilTheNextCall() {
    byte[] first = "data: {\"choi".getBytes(UTF_8);
    byte[] second = "ces\":[1]}\n\ndata: {\"choices\":[2]}\n\ndata: other".getBytes(UTF_8);
    List<Supplier<String>> passed = new ArrayList<>();
    events.feed(first, 0, first.length, (b, off, len) -> {});

    events.feed(
        second,
        0,
        second.length,
        (b, off, len) -> passed.add(() -> new String(b, off, len, UTF_8)));

    assertThat(passed.stream().map(Supplier::get).collect(Collectors.joining()))
        .isEqualTo("data: {\"choices\":[1]}\n\ndata: {\"choices\":[2]}\n\n");
  }

  @Test
  void whatIsHeldCanBeDiscarded() {
    feed("data: " + CONTENT + "\n\ndata: {\"cho");

    events.discardHeld();
    events.end(output::write);

    assertThat(output()).isEqualTo("data: " + CONTENT + "\n\n");
    assertThat(events.isAtEventBoundary()).isTrue();
  }

  @Test
  void aTruncatedLastEventPassesAtTheEnd() {
    feed("data: " + CONTENT + "\n\ndata: {\"cho");
    events.end(output::write);

    assertThat(output()).isEqualTo("data: " + CONTENT + "\n\ndata: {\"cho");
    assertThat(events.isAtEventBoundary()).isFalse();
    assertThat(events.doneSeen()).isFalse();
  }

  @Test
  void aLastEventWithoutItsBlankLineIsReadAtTheEnd() {
    feed("data: [DONE]\n");
    events.end(output::write);

    assertThat(events.doneSeen()).isTrue();
    assertThat(output()).isEqualTo("data: [DONE]\n");
  }

  @Test
  void usageInTheEventWithTheFinishReasonIsReadAndPasses() {
    String last =
        "data: {\"choices\":[{\"finish_reason\":\"stop\",\"delta\":{}}],"
            + "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}}\n\n";
    feed(last);

    assertThat(output()).isEqualTo(last);
    assertThat(events.usage()).contains(SEVEN_AND_TWO);
  }

  @Test
  void theLastUsageWins() {
    feed("data: {\"choices\":[1],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":1}}\n\n");
    feed("data: " + USAGE + "\n\ndata: [DONE]\n\n");

    assertThat(events.usage()).contains(SEVEN_AND_TWO);
    assertThat(events.doneSeen()).isTrue();
    assertThat(events.contentEvents()).isOne();
  }

  @Test
  void theUsageEventStaysWhereTheClientAskedForIt() {
    ChatEvents keeping = new ChatEvents(false, EVENT_BYTES_MAX);
    byte[] stream = ("data: " + USAGE + "\n\n").getBytes(UTF_8);
    keeping.feed(stream, 0, stream.length, output::write);

    assertThat(output()).isEqualTo("data: " + USAGE + "\n\n");
    assertThat(keeping.usage()).contains(SEVEN_AND_TWO);
    assertThat(keeping.contentEvents()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "data: {\"error\":{\"message\":\"CUDA\"}} | ERROR",
        "data: {\"error\" : \"text\"} | ERROR",
        "event: error\\ndata: {\"error\":{}} | ERROR",
        "data: {\"error\":null,\"choices\":[1]} | DATA",
        "data: {\"choices\":[{\"error\":\"inner\"}]} | DATA",
        "data: {\"choices\":[{\"delta\":{\"content\":\"\\\\\"error\\\\\":1\"}}]} | DATA",
        "data: [DONE] | DATA",
        ": comment | NONE",
        "data: | NONE"
      })
  void theFirstEventIsAnErrorOrData(String event, FirstEvent first) {
    feed(event.replace("\\n", "\n") + "\n\n");

    assertThat(events.firstEvent()).isEqualTo(first);
    assertThat(events.errorSeen()).isEqualTo(first == FirstEvent.ERROR);
  }

  @Test
  void theFirstEventIsKnownBeforeItLeaves() {
    List<FirstEvent> known = new ArrayList<>();
    byte[] stream = "data: {\"error\":{}}\n\n".getBytes(UTF_8);
    events.feed(stream, 0, stream.length, (b, off, len) -> known.add(events.firstEvent()));

    assertThat(known).containsExactly(FirstEvent.ERROR);
  }

  @Test
  void aLaterErrorIsSeenAndPasses() {
    feed("data: " + CONTENT + "\n\ndata: {\"error\":{\"code\":500},\"usage\":{}}\n\n");

    assertThat(events.firstEvent()).isEqualTo(FirstEvent.DATA);
    assertThat(events.errorSeen()).isTrue();
    assertThat(output()).endsWith("data: {\"error\":{\"code\":500},\"usage\":{}}\n\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {4 << 20, 1 << 20})
  void anEventOfThreeMegabytesIsReadOnlyIfItMayBeHeld(int eventBytesMax) {
    String big =
        "data: {\"choices\":[],\"x\":\""
            + "é".repeat(3 << 19)
            + "\",\"usage\":{\"prompt_tokens\":1}}\n\n";
    ChatEvents limited = new ChatEvents(true, eventBytesMax);
    byte[] stream = (big + "data: " + CONTENT + "\n\n").getBytes(UTF_8);

    Streams.Seen seen = Streams.run(limited, stream, new Random(1), 16384);

    boolean read = eventBytesMax > 3 << 20;
    String rest = "data: " + CONTENT + "\n\n";
    assertThat(seen.output().equals(read ? rest : big + rest)).isTrue();
    assertThat(limited.usage().isPresent()).isEqualTo(read);
    assertThat(limited.unreadEvents()).isEqualTo(read ? 0 : 1);
  }

  @Test
  void aLongEventLeavesNoBoundaryUntilItsEnd() {
    ChatEvents limited = new ChatEvents(true, 10);
    byte[] stream = "data: 0123456789\n\n".getBytes(UTF_8);
    limited.feed(stream, 0, 12, output::write);
    assertThat(limited.isAtEventBoundary()).isFalse();
    assertThat(output()).isEqualTo("data: 012345");

    limited.feed(stream, 12, 6, output::write);
    assertThat(limited.isAtEventBoundary()).isTrue();
    assertThat(limited.firstEvent()).isEqualTo(FirstEvent.DATA);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"choices\":[{\"delta\":{\"content\":\"a\\\"b\\\\\"}}]} | 6",
        "{\"choices\":[{\"delta\":{\"reasoning_content\":\"think\",\"content\":null}}]} | 5",
        "{\"choices\":[{\"delta\":{\"reasoning\":\"think\",\"content\":\"\"}}]} | 5",
        "{\"choices\":[{\"text\":\"four\"},{\"text\": \"more\"}]} | 8",
        "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"arguments\":\"{}\"}}]}}]} | 2",
        "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":[\"x\"]}}]} | 0",
        "{\"choices\":[{\"delta\":{\"content\":\"text\"}}],\"text\":\"content\"} | 11",
      })
  void contentBytesAreThoseOfGeneratedText(String data, int bytes) {
    feed("data: [1]\n\ndata: " + data + "\n\n");

    assertThat(events.contentBytes()).isEqualTo(bytes);
  }

  @Property(tries = 300)
  void usageAndContentAreSeenWhereverTheyStand(@ForAll long seed) {
    Random random = new Random(seed);
    String padding = "x".repeat(random.nextInt(30));
    String text = "ab\\n\\\"c:".repeat(random.nextInt(6));
    String space = random.nextBoolean() ? " " : "";
    ChatEvents fresh = new ChatEvents(true, EVENT_BYTES_MAX);
    String stream =
        "data: {\"id\":\"%1$s\",\"content\":%3$s\"%2$s\",\"%1$s\":1,\"text\":\"%2$s\"}\n\n"
                .formatted(padding, text, space)
            + "data: {\"%1$s\":\"%1$s\",\"usage\"%2$s:{\"prompt_tokens\":7}}\n\n"
                .formatted(padding, space);

    Streams.Seen seen = Streams.run(fresh, stream.getBytes(UTF_8), random, 1000);

    assertThat(seen.contentBytes()).isEqualTo(2L * text.length());
    assertThat(fresh.usage()).contains(new TokenUsage(7, 0, 0, 0));
    assertThat(seen.output()).isEqualTo(stream.substring(0, stream.indexOf("\n\n") + 2));
  }

  private void feed(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    events.feed(bytes, 0, bytes.length, output::write);
  }

  private String output() {
    return output.toString(UTF_8);
  }
}
