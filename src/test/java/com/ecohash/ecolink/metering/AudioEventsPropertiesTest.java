package com.ecohash.ecolink.metering;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ecohash.ecolink.testing.FuzzInputs;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Streams of speech events in any pieces, good ones and soups of their parts. */
final class AudioEventsPropertiesTest {
  private static final String[] PARTS = {
    "\"audio\"",
    ":",
    " ",
    "\"",
    "audio",
    "AAAA",
    "AA==",
    "\\/\\/",
    "\\\"",
    ",",
    "{",
    "}",
    "data: ",
    "\n\n",
    "\"text\":\"\\\"audio\\\":\\\"AAAA\\\"\"",
    "null",
    "\u00e9"
  };

  /** Those that the fuzz test starts from; what it has found is added. */
  @TestFactory
  List<DynamicTest> holdForTheInputsOfTheFuzzer() {
    return FuzzInputs.tests(
        AudioEventsPropertiesTest.class, "AudioEventsFuzzInputs", AudioEventChecks::check);
  }

  @Property
  void holdForSoups(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder soup = new StringBuilder();
    for (int i = random.nextInt(60); i > 0; i--) {
      soup.append(PARTS[random.nextInt(PARTS.length)]);
    }
    AudioEventChecks.check(soup.toString().getBytes(UTF_8));
  }

  @Property
  void holdForEvents(@ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder events = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      byte[] audio = new byte[random.nextInt(3_000)];
      random.nextBytes(audio);
      String base64 = Base64.getEncoder().encodeToString(audio);
      events
          .append("data: {\"type\":\"speech.audio.delta\",\"audio\":\"")
          .append(random.nextBoolean() ? base64 : base64.replace("/", "\\/"))
          .append("\"}\n\n");
    }
    AudioEventChecks.check(events.toString().getBytes(UTF_8));
  }
}
