package com.ecohash.ecolink.openai;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Writes JSON as nobody would: odd whitespace, needless escapes, every form of number, nesting. */
final class JsonTexts {
  private static final List<String> SPACES = List.of("", "", "", " ", "\n", "\t ", "\r\n  ");
  private static final List<String> NUMBERS =
      List.of("0", "-0", "1", "-17", "1.50", "0.7", "1e3", "1E+30", "-2.5e-7", "9007199254740993");
  private static final List<String> WORDS =
      List.of(
          "",
          "a",
          "model",
          "hello\nworld",
          "\"quoted\"",
          "back\\slash",
          "ünïcödé",
          "日本語",
          "😀",
          "data:image/png;base64,AAAA",
          "tab\t",
          "\u0001",
          "\u2028",
          "/",
          "stream",
          "\uD83D");
  private static final List<String> NAMES =
      List.of(
          "messages",
          "temperature",
          "models",
          "Model",
          "mode",
          "",
          "ключ",
          "m\"",
          "strea",
          "stream_option",
          "max_tokens",
          "include_usage",
          "n");

  private final Random random;

  JsonTexts(Random random) {
    this.random = random;
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  boolean sometimes() {
    return random.nextInt(3) == 0;
  }

  String space() {
    return pick(SPACES);
  }

  /** The text as a JSON string, some of its characters escaped without need. */
  String string(String text) {
    StringBuilder out = new StringBuilder("\"");
    boolean eager = random.nextInt(4) == 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((eager && random.nextBoolean()) || c < ' ' || (eager && Character.isSurrogate(c))) {
        out.append(
            random.nextBoolean() ? "\\u%04x".formatted((int) c) : "\\u%04X".formatted((int) c));
      } else if (c == '"' || c == '\\' || (c == '/' && random.nextBoolean())) {
        out.append('\\').append(c);
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  String word() {
    String word = pick(WORDS).repeat(1 + random.nextInt(3));
    // A lone surrogate has no UTF-8: it can only stand as an escape.
    return word.startsWith("\uD83D") && !word.startsWith("😀") ? "\"\\ud83d\"" : string(word);
  }

  String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> pick(NUMBERS);
      case 1 -> pick(List.of("true", "false", "null"));
      case 2, 3, 4, 5 -> word();
      case 6 -> array(depth - 1);
      default -> object(depth - 1);
    };
  }

  private String array(int depth) {
    List<String> values = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add(space() + value(depth) + space());
    }
    return "[" + (values.isEmpty() ? space() : String.join(",", values)) + "]";
  }

  private String object(int depth) {
    List<String> members = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      members.add(member(pick(List.of("model", "stream", "role", "content")), value(depth)));
    }
    return joined(members);
  }

  String member(String name, String value) {
    return space() + string(name) + space() + ":" + space() + value + space();
  }

  String joined(List<String> members) {
    return "{" + (members.isEmpty() ? space() : String.join(",", members)) + "}";
  }

  /** An object with these members somewhere among others. */
  String objectWith(List<String> members) {
    List<String> all = new ArrayList<>(members);
    for (int i = random.nextInt(6); i > 0; i--) {
      all.add(member(pick(NAMES), value(3)));
    }
    Collections.shuffle(all, random);
    return space() + joined(all) + space();
  }
}
