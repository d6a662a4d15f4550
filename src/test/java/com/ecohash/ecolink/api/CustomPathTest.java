package com.ecohash.ecolink.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths lie below a custom API path, whoever reads them (SPEC 2.2). */
class CustomPathTest {
  @ParameterizedTest
  @CsvSource({
    "/generate,/generate,true",
    "/generate,/generate/,true",
    "/generate,/generate/x,true",
    "/generate,/generate/x/y.z,true",
    "/generate,/gener%61te/x,true",
    "/generate,/generate_stream,false",
    "/generate,/generate.json,false",
    "/generate,/generat,false",
    "/generate,/Generate,false",
    "/generate,/,false",
    "/generate,/x/generate,false",
    "/api/v1,/api/v1/x,true",
    "/api/v1,/api/v2,false",
    "/api/v1,/api,false",
    "/,/,true",
    "/,/anything/at/all,true"
  })
  void admitsByWholeSegments(String customApiPath, String path, boolean within) {
    assertThat(CustomPath.of(path).isWithin(customApiPath)).isEqualTo(within);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/generate/a%20b",
        "/generate/caf%C3%A9",
        "/generate/100%25",
        "/generate/100%25ok",
        "/generate/a%3Fb%23c",
        "/generate/~!$&'()*+,=:@-._",
        "/generate/...",
        "/generate/.hidden",
        "/generate/a..b"
      })
  void keepsWhatCannotBeMistaken(String path) {
    assertThat(CustomPath.of(path).raw()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "generate",
        "//generate",
        "/generate//x",
        "/generate/..",
        "/generate/../admin",
        "/generate/.",
        "/generate/./x",
        "/generate/%2e%2e/admin",
        "/generate/%2E./admin",
        "/generate/.%2e",
        "/generate/%2e",
        "/generate%2fadmin",
        "/generate%2Fadmin",
        "/generate/%5cadmin",
        "/generate/..\\admin",
        "/generate/%00",
        "/generate/%0d%0aHost:%20x",
        "/generate/%7f",
        "/generate;x=1/admin",
        "/generate/..;/admin",
        "/generate/%3b",
        "/generate/%252e%252e/admin",
        "/generate/%25252e%25252e/admin",
        "/generate%252fadmin",
        "/generate/%255c",
        "/generate/%2500",
        "/generate/%253b",
        "/generate/%c0%ae%c0%ae/admin",
        "/generate/%25c0%25ae",
        "/generate/%e0%80%ae",
        "/generate/%ff",
        "/generate/%",
        "/generate/%2",
        "/generate/%zz",
        "/generate/%u002e",
        "/generate/a b",
        "/generate/é",
        "/generate/{x}",
        "/generate?x",
        "/generate#x"
      })
  void refusesWhatCouldBeReadInTwoWays(String path) {
    assertThatThrownBy(() -> CustomPath.of(path))
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> assertThat(refusal.type()).isEqualTo(ErrorType.INVALID_REQUEST));
  }

  @Test
  void hasALimit() {
    assertThatThrownBy(() -> CustomPath.of("/" + "x".repeat(9_000)))
        .isInstanceOf(ApiException.class);
  }

  /** Whatever passes lies below the custom API path however often it is decoded and normalized. */
  @Property(tries = 20_000)
  void nothingReachesOutside(@ForAll("paths") String path) {
    CustomPath admitted;
    try {
      admitted = CustomPath.of(path);
    } catch (ApiException refusal) {
      return;
    }
    if (!admitted.isWithin("/generate")) {
      return;
    }
    assertThat(readings(path))
        .allSatisfy(
            reading ->
                assertThat(reading)
                    .matches(text -> text.equals("/generate") || text.startsWith("/generate/")));
  }

  private static List<String> readings(String path) {
    List<String> readings = new ArrayList<>();
    // The path as it is need not be spelled as the custom API path is; what it decodes to must.
    String reading = decoded(path);
    for (int level = 0; level < 4; level++) {
      for (String variant : List.of(reading, reading.replace('\\', '/'), cutAt(reading, ";"))) {
        readings.add(normalized(variant));
      }
      reading = decoded(reading);
    }
    return readings;
  }

  private static String decoded(String path) {
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return path;
    }
  }

  private static String cutAt(String path, String parameter) {
    return path.replaceAll(parameter + "[^/]*", "");
  }

  private static String normalized(String path) {
    String plain = path.replaceAll("[^a-z/.]", "_").replaceAll("/+", "/");
    return URI.create("http://h" + plain).normalize().getPath();
  }

  @Provide
  Arbitrary<String> paths() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "/",
            "/",
            "generate",
            "/generate",
            "admin",
            ".",
            "..",
            "/..",
            "%2e",
            "%2E",
            "%2f",
            "%5c",
            "%25",
            "%252e",
            "%252f",
            ";",
            "%3b",
            "\\",
            "%00",
            "%c0%ae",
            "a",
            "%61",
            "x=1",
            "%",
            "2e",
            "2f",
            "25",
            "+",
            "é",
            "//");
    return piece.list().ofMaxSize(10).map(pieces -> "/generate" + String.join("", pieces));
  }
}
