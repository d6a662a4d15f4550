package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TextSampleTest {
  @Test
  void keepsTheBeginningAlone() {
    TextSample sample = sample("one two three", 7);

    assertThat(sample.size()).isEqualTo(7);
    assertThat(sample.text()).isEqualTo("one two");
  }

  @Test
  void readsEscapes() {
    assertThat(sample("a\\nb\\u00e9 and some more", 100).text()).isEqualTo("a\nbé and some more");
  }

  @Test
  void readsWhatIsNoEscape() {
    assertThat(sample("a\\uZZZZ b\\u+123 c\\x and some more, long enough", 100).text())
        .isEqualTo("auZZZZ bu+123 cx and some more, long enough");
  }

  @Property
  void readsWhatIsCutAnywhere(@ForAll @IntRange(max = 40) int limit) {
    String text = "\\\\\\u00e9\\n\\\\\\\\ x \\ud83d\\ude00\\\"ü\\t\\\\";

    String read = sample(text, limit).text();

    assertThat(JsonText.unescape(text) + "\uFFFD").contains(read.replace("\uFFFD", ""));
  }

  private static TextSample sample(String text, int limit) {
    TextSample sample = new TextSample(limit);
    byte[] bytes = text.getBytes(UTF_8);
    sample.add(bytes, 0, bytes.length);
    return sample;
  }
}
