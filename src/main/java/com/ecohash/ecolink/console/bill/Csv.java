package com.ecohash.ecolink.console.bill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;

/**
 * Writes a table as RFC 4180 has it, row by row. A text that a spreadsheet would take for a formula
 * gets an apostrophe before it; numbers are ours and stay as they are, signs included.
 */
final class Csv {
  private static final String FORMULA_BEGINS = "=+-@\t\r";

  private final Writer out;
  private boolean begun;

  Csv(Writer out) {
    this.out = out;
  }

  Csv header(List<String> names) {
    names.forEach(this::text);
    return end();
  }

  /** A cell that somebody else may have written. */
  Csv text(String value) {
    boolean formula = !value.isEmpty() && FORMULA_BEGINS.indexOf(value.charAt(0)) >= 0;
    return cell(formula ? "'" + value : value);
  }

  /** A number, an amount, a time or an id of ours. */
  Csv value(Object value) {
    return cell(value.toString());
  }

  /** A number of ours, or an empty cell. */
  Csv value(Optional<?> value) {
    return cell(value.map(Object::toString).orElse(""));
  }

  private Csv cell(String value) {
    boolean quoted = value.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    write((begun ? "," : "") + (quoted ? '"' + value.replace("\"", "\"\"") + '"' : value));
    begun = true;
    return this;
  }

  Csv end() {
    write("\r\n");
    begun = false;
    return this;
  }

  private void write(String text) {
    try {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the client has gone
    }
  }
}
