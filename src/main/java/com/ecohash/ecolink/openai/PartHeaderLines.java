package com.ecohash.ecolink.openai;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The three header fields of a part that are read, out of the lines it has. Folded lines (RFC 5322,
 * 2.2.3) are joined; a line that is no header field is refused, as some readers take the empty line
 * behind it for more of the header.
 */
final class PartHeaderLines {
  private static final String DISPOSITION = "content-disposition";
  private static final String TYPE = "content-type";
  private static final String ENCODING = "content-transfer-encoding";

  private final String where;
  private @Nullable String disposition;
  private @Nullable String type;
  private @Nullable String encoding;

  private PartHeaderLines(String where) {
    this.where = where;
  }

  /**
   * @throws ApiException if a line is no header field, or one of the three is there twice or in a
   *     form that some readers do not know
   */
  static PartHeaderLines of(String block, String where) {
    PartHeaderLines lines = new PartHeaderLines(where);
    int from = 0;
    while (from < block.length() - 2) {
      int end = block.indexOf("\r\n", from);
      while (isSpace(block.charAt(end + 2))) {
        end = block.indexOf("\r\n", end + 2);
      }
      lines.field(block.substring(from, end));
      from = end + 2;
    }
    return lines;
  }

  Optional<String> disposition() {
    return Optional.ofNullable(disposition);
  }

  Optional<String> contentType() {
    return Optional.ofNullable(type);
  }

  /** In lower case. */
  Optional<String> encoding() {
    return Optional.ofNullable(encoding).map(text -> text.toLowerCase(Locale.ROOT));
  }

  private void field(String line) {
    int colon = line.indexOf(':');
    if (colon <= 0) {
      throw ApiException.invalidRequest(
          "The form is refused: " + where + " has a line that is no header field, `name: value`.");
    }
    String given = line.substring(0, colon).toLowerCase(Locale.ROOT);
    String value = line.substring(colon + 1);
    switch (given.strip()) {
      case DISPOSITION -> disposition = once(given, disposition, unfoldable(value));
      case TYPE -> type = once(given, type, value);
      case ENCODING -> encoding = once(given, encoding, value);
      default -> {}
    }
  }

  private String once(String given, @Nullable String before, String value) {
    if (before != null) {
      throw refused("is given twice", given);
    }
    if (!given.equals(given.strip())) {
      throw refused("has white space around its name", given);
    }
    return value.replace("\r\n", "").strip();
  }

  private String unfoldable(String value) {
    if (value.contains("\r\n")) {
      throw refused("goes on in a second line, which not all readers know", DISPOSITION);
    }
    return value;
  }

  private ApiException refused(String what, String field) {
    return ApiException.invalidRequest(
        "The form is refused: in " + where + ", `" + field.strip() + "` " + what + ".");
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
