package com.ecohash.ecolink.openai;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A header's value with its parameters (RFC 9110, 5.6.6), read strictly: what a lenient reader
 * would guess about, such as a parameter given twice or white space around its {@code =}, is no
 * value at all. Only one thing is let through that the RFC does not allow: any visible characters
 * in a value without quotes, since boundaries and file names are sent that way.
 */
final class HeaderParameters {
  private final String text;
  private final Map<String, String> raw = new LinkedHashMap<>();
  private int at;

  private HeaderParameters(String text) {
    this.text = text;
  }

  /** Empty if the text cannot be read in one way only. */
  static Optional<HeaderParameters> parse(String text) {
    HeaderParameters parameters = new HeaderParameters(text);
    parameters.at = parameters.valueEnd();
    while (parameters.at < text.length()) {
      if (!parameters.readOne()) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  /** What stands before the parameters, in lower case. */
  String value() {
    return text.substring(0, valueEnd()).strip().toLowerCase(Locale.ROOT);
  }

  /** A parameter by its name in lower case, as it stood between its quotes. */
  Optional<String> raw(String name) {
    return Optional.ofNullable(raw.get(name));
  }

  /** A parameter with its quoted pairs resolved. */
  Optional<String> get(String name) {
    return raw(name).map(HeaderParameters::unescaped);
  }

  /** Whether the parameter is given in the form of RFC 8187 or RFC 2231, {@code name*} and such. */
  boolean isExtended(String name) {
    return raw.keySet().stream().anyMatch(given -> given.startsWith(name + "*"));
  }

  /** Whether a parameter's value, that of the named one left aside, holds this. */
  boolean anyButHolds(String name, Pattern what) {
    return raw.entrySet().stream()
        .anyMatch(one -> !one.getKey().equals(name) && what.matcher(one.getValue()).find());
  }

  private int valueEnd() {
    int semicolon = text.indexOf(';');
    return semicolon < 0 ? text.length() : semicolon;
  }

  /** Reads on from a semicolon to the next, or to the end. */
  private boolean readOne() {
    at = skipSpace(at + 1);
    if (isOver()) {
      return true;
    }
    int equals = tokenEnd(at);
    if (equals == at || equals == text.length() || text.charAt(equals) != '=') {
      return false;
    }
    String name = text.substring(at, equals).toLowerCase(Locale.ROOT);
    boolean quoted = equals + 1 < text.length() && text.charAt(equals + 1) == '"';
    int from = quoted ? equals + 2 : equals + 1;
    int to = quoted ? quotedEnd(from) : plainEnd(from);
    if (to < 0) {
      return false;
    }
    at = skipSpace(quoted ? to + 1 : to);
    return isOver() && raw.putIfAbsent(name, text.substring(from, to)) == null;
  }

  private boolean isOver() {
    return at == text.length() || text.charAt(at) == ';';
  }

  private int skipSpace(int from) {
    int end = from;
    while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
      end++;
    }
    return end;
  }

  private int tokenEnd(int from) {
    int end = from;
    while (end < text.length() && isToken(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isToken(char c) {
    return c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
  }

  /** Where the closing quote stands, or -1. */
  private int quotedEnd(int from) {
    for (int end = from; end < text.length(); end++) {
      if (text.charAt(end) == '"') {
        return end;
      }
      if (text.charAt(end) == '\\') {
        end++;
      }
    }
    return -1;
  }

  /** Where a value without quotes ends, or -1 if it is none. */
  private int plainEnd(int from) {
    int end = from;
    while (end < text.length() && " \t;\"".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end == from ? -1 : end;
  }

  private static String unescaped(String raw) {
    StringBuilder out = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      boolean pair = raw.charAt(i) == '\\' && i + 1 < raw.length();
      out.append(raw.charAt(pair ? ++i : i));
    }
    return out.toString();
  }
}
