package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Writes forms as many clients do, and some as none does; a character is a byte. */
final class Forms {
  private static final List<String> BOUNDARIES =
      List.of("x", "b0undary", "----WebKitFormBoundary7MA4", "a b", "--", "aaab", "0:=?/");
  private static final List<String> SPACES = List.of("", " ", " ", " ", "\t", "  ");
  private static final List<String> MODELS =
      List.of("whisper:7", "m", utf8("größe:1"), "\"w:1\"", "org/w:b:142", " w:1 ");
  private static final List<String> SPLICES =
      List.of(
          "\r",
          "\n",
          "\r\n",
          "\r\n\r\n",
          "-",
          "--",
          "\"",
          "\\",
          ";",
          "=",
          "*",
          "\0",
          " ",
          "\t",
          "\u00c3",
          "name=\"model\"",
          "name=file",
          "filename=a",
          "name*=a",
          "; ",
          ":",
          "=?",
          "a",
          "Content-Disposition: form-data; name=\"stream\"",
          "Content-Transfer-Encoding: base64",
          "Content-Type: text/plain; charset=utf-16",
          "; charset=latin1",
          "boundary=");

  final String boundary;
  private final Random random;

  Forms(Random random) {
    this.random = random;
    this.boundary = pick(BOUNDARIES);
  }

  private static String utf8(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private boolean rarely() {
    return random.nextInt(8) == 0;
  }

  private String space() {
    return pick(SPACES);
  }

  String contentType() {
    String given =
        boundary.matches("[A-Za-z0-9-]+") && random.nextBoolean() ? boundary : quoted(boundary);
    List<String> parameters = new ArrayList<>(List.of("boundary=" + given));
    if (rarely()) {
      parameters.add("charset=utf-8");
    }
    Collections.shuffle(parameters, random);
    return "multipart/form-data" + ";" + space() + String.join(";" + space(), parameters);
  }

  /** A form that is taken. */
  String body() {
    List<String> parts = new ArrayList<>();
    parts.add(part("model", "", pick(MODELS)));
    if (!rarely()) {
      parts.add(part("file", rarely() ? "" : "; filename=" + quoted("a;b.mp3"), content()));
    }
    if (random.nextBoolean()) {
      parts.add(part("stream", "", pick(List.of("true", "false", "1", ""))));
    }
    while (random.nextInt(3) > 0 && parts.size() < 5) {
      parts.add(part(pick(List.of("prompt", "a\\\"b", "", "Model", "x[]")), "", content()));
    }
    Collections.shuffle(parts, random);
    return (rarely() ? "preamble\r\n" : "")
        + String.join("", parts)
        + ("--" + boundary + "--")
        + (rarely() ? pick(List.of("", "\n", " \r\nepilogue")) : "\r\n");
  }

  private String part(String name, String more, String content) {
    String given = name.matches("[a-z]+") && rarely() ? name : "\"" + name + "\"";
    String disposition =
        "Content-Disposition:" + space() + "form-data;" + space() + "name=" + given + more;
    List<String> lines = new ArrayList<>(List.of(disposition));
    if (rarely()) {
      lines.add("content-type: text/plain; charset=UTF-8");
    }
    if (rarely()) {
      lines.add("Content-Transfer-Encoding: binary");
    }
    if (random.nextInt(40) == 0) {
      lines.add("X: y\r\n folded");
    }
    Collections.shuffle(lines, random);
    return "--" + boundary + "\r\n" + String.join("\r\n", lines) + "\r\n\r\n" + content + "\r\n";
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private String content() {
    StringBuilder content = new StringBuilder();
    while (random.nextInt(5) > 0) {
      String like = "--" + boundary;
      content.append(
          switch (random.nextInt(14)) {
            case 0, 7 -> "\r\n" + like.substring(0, random.nextInt(like.length()));
            case 1 -> rarely() ? "\r\n" + like + "Z" : "\r\n-";
            case 2, 8 -> "z" + like;
            case 3, 9 -> pick(List.of("\r", "\n", "\r\n", "-", "\0", "\u00ff"));
            default -> "audio".substring(random.nextInt(5));
          });
    }
    // What follows must not make a boundary of what only looks like one.
    return content.append(random.nextBoolean() ? "." : "").toString();
  }

  /** The same with one to three things wrong, or not. */
  String mutated(String text) {
    StringBuilder out = new StringBuilder(text);
    for (int i = random.nextInt(3); i >= 0 && out.length() > 0; i--) {
      int at = random.nextInt(out.length());
      switch (random.nextInt(5)) {
        case 0 -> out.insert(at, pick(SPLICES));
        case 1 ->
            out.insert(
                at,
                pick(List.of("\r\n", "\n", "\r", ""))
                    + "--"
                    + boundary
                    + pick(List.of("\r\n", "--", " \r\n", "\n", "-", "")));
        case 2 -> out.deleteCharAt(at);
        case 3 -> {
          String splice = pick(SPLICES);
          out.replace(at, Math.min(at + splice.length(), out.length()), splice);
        }
        default -> {
          int end = Math.min(out.length(), at + random.nextInt(120));
          out.insert(random.nextInt(out.length()), out.substring(at, end));
        }
      }
    }
    return out.toString();
  }
}
