package com.ecohash.ecolink.console.bill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvTest {
  private final StringWriter out = new StringWriter();
  private final Csv csv = new Csv(out);

  @Test
  void writesRowsAsRfc4180HasThem() {
    csv.header(List.of("a", "b", "c"));
    csv.text("with, comma").text("with \"quotes\"").text("two\nlines").end();
    csv.value(Optional.empty()).value(12).value(Optional.of("x")).end();
    assertThat(out.toString())
        .isEqualTo("a,b,c\r\n\"with, comma\",\"with \"\"quotes\"\"\",\"two\nlines\"\r\n,12,x\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=\"x\",1"})
  void letsNoTextBeAFormula(String text) {
    csv.text(text).end();
    assertThat(out.toString().replaceFirst("^\"", "")).startsWith("'" + text.charAt(0));
  }

  @Test
  void leavesNumbersOfOursAsTheyAre() {
    csv.value("-0.05").text("a=b").text("").end();
    assertThat(out.toString()).isEqualTo("-0.05,a=b,\r\n");
  }
}
