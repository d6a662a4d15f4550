package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormScanTest {
  private static final FormLimits LIMITS = new FormLimits(64, 8192, 1 << 20);
  private static final String TYPE = "multipart/form-data; boundary=b0undary";
  private static final String MODEL = part("name=\"model\"", "whisper:7");
  private static final String FILE = part("name=\"file\"; filename=\"a.mp3\"", "ID3\0audio");
  private static final String END = "--b0undary--\r\n";

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  private static String part(String parameters, String content) {
    return rawPart("Content-Disposition: form-data; " + parameters + "\r\n", content);
  }

  private static String rawPart(String header, String content) {
    return "--b0undary\r\n" + header + "\r\n" + content + "\r\n";
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theModelIsRewrittenWhereverItStands(boolean modelFirst) {
    String body = (modelFirst ? MODEL + FILE : FILE + MODEL) + END;

    ScannedForm form = scan(body);

    assertThat(form.model()).isEqualTo("whisper:7");
    assertThat(form.filename()).contains("a.mp3");
    assertThat(file.toString(ISO_8859_1)).isEqualTo("ID3\0audio");
    assertThat(edited(form, body, "whisper")).isEqualTo(body.replace("whisper:7", "whisper"));
    assertThat(form.totalBytes()).isEqualTo(body.length());
  }

  @Test
  void anUnchangedModelIsNotEdited() {
    assertThat(scan(MODEL + FILE + END).edits("whisper:7")).isEmpty();
  }

  @Test
  void theModelIsWrittenInUtf8() {
    String body = utf8(part("name=\"model\"", "flüstern:7")) + END;

    ScannedForm form = scan(body);

    assertThat(form.model()).isEqualTo("flüstern:7");
    assertThat(edited(form, body, "größe")).isEqualTo(utf8(part("name=\"model\"", "größe")) + END);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "True, true", "false, false", "1, false", "'', false"})
  void streamingIsWhatStreamSays(String stream, boolean streaming) {
    ScannedForm form = scan(MODEL + FILE + part("name=\"stream\"", stream) + END);

    assertThat(form.streaming()).isEqualTo(streaming);
    assertThat(form.field("stream")).contains(stream);
  }

  @Test
  void theFormatOfTheAnswerIsKnown() {
    assertThat(scan(MODEL + part("name=response_format", "srt") + END).field("response_format"))
        .contains("srt");
    assertThat(scan(MODEL + END).field("response_format")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Disposition: form-data; name=\"model\"\r\n",
        "content-disposition:form-data;name=model\r\n",
        "CONTENT-DISPOSITION:\tForm-Data ; NAME=\"model\" \r\n",
        "Content-Disposition: form-data; x=\"a;b\\\"c\"; name=\"model\"; y=z;\r\n",
        "Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: form-data; name=model\r\n",
        "Content-Disposition: form-data; name=model\r\nContent-Type: text/plain; charset=ISO-8859-1\r\n"
            + "Content-Transfer-Encoding: 8bit\r\n",
        "X-Odd:\r\nX-Folded: a\r\n b\r\nContent-Disposition: form-data; name=model\r\n",
        "Content-Type: text/plain;\r\n\tcharset=utf-8\r\nContent-Disposition: form-data; name=model\r\n",
        "Content-Disposition: form-data; name=model\r\nContent-Length: 9\r\n",
      })
  void aPartIsNamedInManyWays(String header) {
    assertThat(scan(rawPart(header, "whisper:7") + FILE + END).model()).isEqualTo("whisper:7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name=\"file\"",
        "filename=\"a;b \\\"c\\\".mp3\"; name=\"file\"",
        "name=\"file\"; filename*=UTF-8''%e2%82%ac.mp3",
        "name=\"file\"; filename=\"C:\\temp\\a.wav\"",
        "name=\"file\"; filename=\"name=model\"",
        "name=\"file\"; filename=\"--b0undary\"",
      })
  void aFileIsAFileByItsName(String parameters) {
    scan(MODEL + part(parameters, "audio") + END);

    assertThat(file.toString(ISO_8859_1)).isEqualTo("audio");
  }

  @Test
  void ofAFileItsNameAndTypeAreKnown() {
    String header =
        "Content-Disposition: form-data; name=file; filename=\"a\\\"ü.mp3\"\r\n"
            + "Content-Type: audio/mpeg\r\n";

    ScannedForm form = scan(MODEL + utf8(rawPart(header, "x")) + END);

    assertThat(form.hasFile()).isTrue();
    assertThat(form.filename()).contains("a\"ü.mp3");
    assertThat(form.fileContentType()).contains("audio/mpeg");
  }

  @Test
  void aFormWithoutAFileIsForTheContainerToJudge() {
    ScannedForm form = scan(MODEL + END);

    assertThat(form.hasFile()).isFalse();
    assertThat(form.filename()).isEmpty();
  }

  @Test
  void otherFieldsMayStandTwiceAndBeAnything() {
    String twice = part("name=\"timestamp_granularities[]\"", "word");
    scan(MODEL + twice + twice + FILE + part("name=\"\"", "\0\r\n\n\r") + END);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--b0undar",
        "\r\n--b0undar",
        "\r\n--b0undar\r\n",
        "\r\n-\r\n--\r\n--b\r\n--b0undarz\r\n",
        "in a line --b0undary\r\n",
        "in a line --b0undary--",
        "\r\n--b0undaryX\r\n",
        "\r\n--b0undary-\r\n",
        "\n--b0undary.\r\n",
        "\r\r\n\n\r",
        "\r\n",
        "\r",
        "\n",
        "",
      })
  void whatOnlyLooksLikeABoundaryIsContent(String content) {
    String body = part("name=file", content) + MODEL + END;

    ScannedForm form = scan(body);

    assertThat(file.toString(ISO_8859_1)).isEqualTo(content);
    assertThat(edited(form, body, "w")).isEqualTo(body.replace("whisper:7", "w"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n--b0undary\r\n",
        "\r--b0undary\r\n",
        "\n--b0undary--",
        "\r\n--b0undary \r\n",
        "\r\n--b0undary\n",
        "\r\n--b0undary\rX",
        "--b0undary\r\n",
        "--b0undary--",
      })
  void whatIsABoundaryToSomeIsRefused(String content) {
    assertRefused(
        part("name=file", "audio".repeat(content.startsWith("-") ? 0 : 1) + content) + MODEL + END,
        "boundary that");
  }

  @Test
  void preambleEpilogueAndPaddingAroundThePartsAreTaken() {
    String body =
        "This is a form.\r\n\r\n--b0undary \t\r\n"
            + MODEL.substring("--b0undary\r\n".length())
            + "--b0undary-- \r\nThat was it. --b0undarz";

    assertThat(edited(scan(body), body, "w")).isEqualTo(body.replace("whisper:7", "w"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data; boundary=b0undary",
        "Multipart/Form-Data;Boundary=\"b0undary\"",
        "multipart/form-data; charset=utf-8; boundary=b0undary;",
        "multipart/form-data ; x=\"y;z\" ;; boundary=\"b0undary\"",
      })
  void aBoundaryIsNamedInManyWays(String contentType) {
    assertThat(scan(contentType, MODEL + END).model()).isEqualTo("whisper:7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "----WebKitFormBoundary7MA4YWxkTrZu0gW",
        "'()+_,./:=?-",
        "a b  c",
        "boundary=boundary",
        "0123456789012345678901234567890123456789012345678901234567890123456789"
      })
  void anyBoundaryOfTheRfcIsTaken(String boundary) {
    String body = (MODEL + FILE + END).replace("b0undary", boundary);

    assertThat(scan("multipart/form-data; boundary=\"" + boundary + "\"", body).model())
        .isEqualTo("whisper:7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "multipart/form-data | names no boundary",
        "multipart/form-data; boundary= | one way",
        "multipart/form-data; boundary=\"\" | none by RFC 2046",
        "multipart/form-data; boundary=\"a \" | none by RFC 2046",
        "multipart/form-data; boundary=a*b | none by RFC 2046",
        "multipart/form-data; boundary=\"a\\b\" | none by RFC 2046",
        "multipart/form-data; boundary=ü | none by RFC 2046",
        "multipart/form-data; boundary=01234567890123456789012345678901234567890123456789012345678901234567890 | none by",
        "multipart/form-data; boundary=a; boundary=a | one way",
        "multipart/form-data; boundary=a, multipart/form-data | one way",
        "multipart/form-data; boundary=a; boundary*=utf-8''b | one way",
        "multipart/form-data; x=\"boundary=c\"; boundary=a | one way",
        "multipart/form-data; boundary = a | one way",
        "multipart/form-data; boundary=\"a | one way",
      })
  void aBadBoundaryIsRefused(String contentType, String message) {
    assertThatThrownBy(() -> scan(contentType, ""))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.INVALID_REQUEST))
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "application/json",
        "multipart/mixed; boundary=a",
        "multipart/form-data, multipart/form-data; boundary=a"
      })
  void whatIsNoFormIsRefused(String contentType) {
    assertThatThrownBy(() -> scan(contentType.isEmpty() ? null : contentType, ""))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> assertThat(e.type()).isEqualTo(ErrorType.UNSUPPORTED_MEDIA_TYPE))
        .hasMessageContaining("Send the file in a form");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name=\"\"",
        "name=\"Model\"",
        "name=\"model[]\"",
        "name=\"file\"; filename=\"model\"",
      })
  void aFormWithoutAModelIsRefused(String parameters) {
    assertRefused(
        (parameters.isEmpty() ? "" : part(parameters, "m"))
            + FILE.replace("name=\"file\"", "name=f")
            + END,
        "`model` is missing");
  }

  @Test
  void aModelThatIsNotNamedOnceIsRefused() {
    assertRefused(MODEL + FILE + MODEL + END, "`model` is given more than once");
    assertRefused(part("name=model", "") + END, "`model` is empty");
    assertRefused(part("name=model; filename=m", "m") + END, "`model` is a file");
    assertRefused(part("name=model; filename*=utf-8''m", "m") + END, "`model` is a file");
    assertRefused(part("name=model", "m".repeat(4097)) + END, "`model` is longer than 4096");
    assertRefused(part("name=model", "m\n") + END, "`model` holds a control character");
    assertRefused(part("name=model", "m\u00C1\u00A5") + END, "`model` is not UTF-8");
  }

  @Test
  void whatMattersIsNotSaidTwice() {
    String stream = part("name=stream", "true");
    assertRefused(MODEL + FILE + FILE + END, "`file` is given more than once");
    assertRefused(MODEL + stream + stream.replace("true", "false") + END, "`stream` is given more");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "form-data; name=\"mod\\el\" | with a backslash",
        "form-data; name=model; name=other | two ways",
        "form-data; name=\"other\"; name*=utf-8''model | other than",
        "form-data; name*0=mo; name*1=del | other than",
        "form-data; name=\"=?utf-8?q?model?=\" | in the manner of mail",
        "form-data; name=\"model \" | white space around the name",
        "form-data; name=\"\tmodel\" | white space around the name",
        "form-data; name=\"x;name=model\" | two ways",
        "form-data; name=x; filename=\"a\\\"; name=model; y=\\\"z\" | two ways",
        "form-data; name=\"model | two ways",
        "form-data; name=\"model\"x | two ways",
        "form-data; name = model | two ways",
        "form-data; filename=model | names no field",
        "attachment; name=model | other than",
        "form-data; name=\u00C1\u00A5 | other than UTF-8",
      })
  void aNameThatCouldBeReadInTwoWaysIsRefused(String disposition, String message) {
    assertRefused(
        rawPart("Content-Disposition: " + disposition + "\r\n", "x") + MODEL + END, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "X: y\\r\\n | has no Content-Disposition",
        "`` | has no Content-Disposition",
        "@: form-data; name=a\\r\\n@: form-data; name=model\\r\\n | is given twice",
        "@ : form-data; name=model\\r\\n | white space around its name",
        "@: form-data;\\r\\n name=model\\r\\n | goes on in a second line",
        "X-Odd\\r\\n@: form-data; name=model\\r\\n | a line that is no header field",
        "@: form-data; name=model\\r\\n: y\\r\\n | a line that is no header field",
        "@: form-data; name=a\\nX: y\\r\\n | does not end with CRLF",
        "@: form-data; name=a\\rX: y\\r\\n | does not end with CRLF",
        "@: form-data; name=a\\0\\r\\n | control character",
        "@: form-data; name=a\\r\\n--b0undary\\r\\n | holds the boundary",
        "@: form-data; name=model\\r\\nContent-Transfer-Encoding: base64\\r\\n | Transfer-Encoding",
        "@: form-data; name=file\\r\\nContent-Transfer-Encoding: quoted-printable\\r\\n | Transfer-Enc",
        "@: form-data; name=model\\r\\nContent-Type: text/plain; charset=utf-16\\r\\n | charset",
        "@: form-data; name=model\\r\\nContent-Type: text/plain; charset=utf-9\\r\\n | charset",
        "@: form-data; name=model\\r\\nContent-Type: text/plain; charset\\r\\n | charset",
      })
  void aHeaderThatCouldBeReadInTwoWaysIsRefused(String header, String message) {
    String unescaped =
        header
            .replace("@", "Content-Disposition")
            .replace("\\r", "\r")
            .replace("\\n", "\n")
            .replace("\\0", "\0");
    assertRefused(rawPart(unescaped, "xy") + END, message);
  }

  @Test
  void aCharsetOfTheWholeFormCounts() {
    assertThatThrownBy(() -> scan(TYPE + "; charset=utf-16", MODEL + END))
        .hasMessageContaining("charset");
    assertThat(scan(TYPE + "; charset=latin1", MODEL + END).model()).isEqualTo("whisper:7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | The request body is empty",
        "hello\\r\\n | The form has no part: no line of it is `--b0undary`",
        "--b0undar | The form has no part",
        "--b0undary | The body ends at byte 10 in a boundary",
        "--b0undary\\r\\nContent- | The body ends at byte 20 in the header of part 1",
        "--b0undary\\r\\n@\\r\\n\\r\\nwhisp | in part 1, before `--b0undary--`; send all of it",
        "--b0undary\\r\\n@\\r\\n\\r\\nwhisp\\r\\n--b0undary | in a boundary; send all of it",
        "--b0undary\\r\\n@\\r\\n\\r\\nwhisp\\r\\n--b0undary- | in a boundary; send all of it",
        "--b0undary\\n@\\n\\nwhisp\\n--b0undary--\\n | not alone on its line, ended by CRLF (at byte 0)",
        "x--b0undary\\r\\n--b0undary\\r\\n | boundary in the text before the first part",
        "--b0undary--x | goes on after its last boundary",
        "--b0undary--\\r\\n--b0undary | goes on after its last boundary",
        "--b0undary-- x--b0undary-- | goes on after its last boundary",
      })
  void brokenFormsAreRefusedWithTheReason(String body, String message) {
    assertRefused(
        body.replace("@", "Content-Disposition: form-data; name=model")
            .replace("\\r", "\r")
            .replace("\\n", "\n"),
        message);
  }

  @Test
  void everyLimitIsNamed() {
    FormLimits small = new FormLimits(2, 60, 8);
    String other = part("name=x", "");
    assertLimit(small, other + other + other, "ecolink.limits.form-parts");
    assertLimit(small, part("name=" + "x".repeat(60), ""), "ecolink.limits.form-part-headers");
    assertLimit(small, part("name=x", "123456789"), "ecolink.limits.form-field");
    assertLimit(small, "p".repeat(61), "ecolink.limits.form-part-headers");
    assertLimit(small, END + "e".repeat(61), "ecolink.limits.form-part-headers");
    FormScan within = FormScan.of(TYPE, small, file::write);
    byte[] body =
        (part("name=file", "1234567890") + part("name=x", "12345678") + END).getBytes(ISO_8859_1);
    assertThat(within.feed(body, 0, body.length)).isTrue();
  }

  private void assertLimit(FormLimits limits, String body, String key) {
    FormScan scan = FormScan.of(TYPE, limits, file::write);
    byte[] bytes = body.getBytes(ISO_8859_1);
    assertThat(scan.feed(bytes, 0, bytes.length)).isFalse();
    assertThat(scan.feed(bytes, 0, bytes.length)).isFalse();
    assertThatThrownBy(scan::finish)
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.REQUEST_TOO_LARGE))
        .hasMessageContaining(key);
  }

  @Test
  void aRefusalNamesTheFieldAtFault() {
    assertThatThrownBy(() -> scan(MODEL + FILE + FILE + END))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.param()).contains("file"));
  }

  @Test
  void aFileIsHandedOnInThePiecesItCameIn() {
    byte[] body = (MODEL + part("name=file", "0123456789") + END).getBytes(ISO_8859_1);
    int from = new String(body, ISO_8859_1).indexOf("01234");
    List<byte[]> seen = new java.util.ArrayList<>();
    FormScan scan =
        FormScan.of(
            TYPE,
            LIMITS,
            (b, off, len) -> {
              seen.add(b);
              assertThat(off).isEqualTo(from);
              assertThat(len).isEqualTo(10);
            });
    scan.feed(body, 0, body.length);

    assertThat(seen).containsExactly(body);
  }

  private void assertRefused(String body, String message) {
    assertThatThrownBy(() -> scan(body))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.INVALID_REQUEST))
        .hasMessageContaining(message);
  }

  private ScannedForm scan(String body) {
    return scan(TYPE, body);
  }

  /** A character is a byte. */
  private ScannedForm scan(@org.jspecify.annotations.Nullable String contentType, String body) {
    FormScan scan = FormScan.of(contentType, LIMITS, file::write);
    byte[] bytes = body.getBytes(ISO_8859_1);
    scan.feed(bytes, 0, bytes.length);
    return scan.finish();
  }

  private static String utf8(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private static String edited(ScannedForm form, String body, String model) {
    return new String(Edit.apply(form.edits(model), body.getBytes(ISO_8859_1)), ISO_8859_1);
  }
}
