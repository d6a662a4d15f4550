package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What must hold of {@link FormScan}, whatever it is fed. */
final class FormChecks {
  static final FormLimits LIMITS = new FormLimits(6, 300, 400);
  private static final String NEW_MODEL = "größer";

  private FormChecks() {}

  /**
   * @param input the request's Content-Type, a line end, and the body
   */
  static void check(byte[] input) {
    int line = 0;
    while (line < input.length && input[line] != '\n') {
      line++;
    }
    check(
        new String(input, 0, line, ISO_8859_1),
        Arrays.copyOfRange(input, Math.min(line + 1, input.length), input.length));
  }

  static void check(String contentType, byte[] body) {
    String whole = outcome(contentType, body, body.length);
    for (int pieceMax : new int[] {1, 2, 5, 30}) {
      assertThat(outcome(contentType, body, pieceMax)).as("pieces").isEqualTo(whole);
    }
    Optional<FormReference.Read> expected = FormReference.read(contentType, body, LIMITS);
    String told = expected.map(FormReference.Read::toString).orElse("refused");
    assertThat(whole.startsWith("refused") ? "refused" : whole)
        .as(
            () ->
                whole
                    + " of "
                    + contentType
                    + " "
                    + new String(JsonText.quote(new String(body, ISO_8859_1)), UTF_8))
        .isEqualTo(told);
    expected.ifPresent(read -> checkEdit(contentType, body, read));
    expected.ifPresent(read -> checkAgainstJetty(contentType, body, read));
  }

  private static String outcome(String contentType, byte[] body, int pieceMax) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ScannedForm form = scan(contentType, body, pieceMax, file);
      Edit edit = form.edits(form.model() + "+").get(0);
      return new FormReference.Read(
              form.model(),
              edit.offset(),
              edit.removedBytes(),
              form.field("stream"),
              form.field("response_format"),
              file.toString(ISO_8859_1),
              form.filename(),
              form.fileContentType())
          .toString();
    } catch (ApiException refusal) {
      assertThat(refusal.type().status()).isIn(400, 413, 415);
      return "refused: " + refusal.getMessage();
    }
  }

  private static ScannedForm scan(
      String contentType, byte[] body, int pieceMax, ByteArrayOutputStream file) {
    FormScan scan = FormScan.of(contentType, LIMITS, file::write);
    Random random = new Random(pieceMax);
    for (int at = 0; at < body.length; ) {
      int length = pieceMax >= body.length ? body.length : 1 + random.nextInt(pieceMax);
      length = Math.min(length, body.length - at);
      byte[] piece = new byte[length + 4];
      System.arraycopy(body, at, piece, 1, length);
      boolean goesOn = scan.feed(piece, 1, length);
      Arrays.fill(piece, (byte) '#'); // what is kept must have been copied
      if (!goesOn) {
        break;
      }
      at += length;
    }
    return scan.finish();
  }

  /** Every byte but the model's is as it was, and the form is the same form. */
  private static void checkEdit(String contentType, byte[] body, FormReference.Read read) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    List<Edit> edits = scan(contentType, body, 7, file).edits(NEW_MODEL);
    byte[] edited = Edit.apply(edits, body);
    String text = new String(body, ISO_8859_1);
    String expected =
        text.substring(0, (int) read.modelStart())
            + new String(NEW_MODEL.getBytes(UTF_8), ISO_8859_1)
            + text.substring((int) (read.modelStart() + read.modelBytes()));
    if (!read.model().equals(NEW_MODEL)) {
      assertThat(new String(edited, ISO_8859_1)).isEqualTo(expected);
      assertThat(Edit.lengthAfter(edits, body.length)).isEqualTo(edited.length);
    }
    byte[] shorter = Edit.apply(scan(contentType, body, 7, file).edits("m"), body);
    FormReference.Read again =
        FormReference.read(contentType, shorter, LIMITS).orElseThrow(AssertionError::new);
    assertThat(again.model()).isEqualTo("m");
    assertThat(again.fileContent()).isEqualTo(read.fileContent());
    assertThat(again.stream()).isEqualTo(read.stream());
  }

  /** A reader of other people's either refuses the form or sees the same in it. */
  private static void checkAgainstJetty(String contentType, byte[] body, FormReference.Read read) {
    String boundary = FormType.of(contentType).boundary();
    Optional<List<JettyForm.Part>> parts = JettyForm.read(boundary, body);
    parts.ifPresent(
        seen -> {
          List<String> watched = new ArrayList<>();
          seen.stream()
              .filter(part -> Set.of("model", "stream", "file").contains(part.name()))
              .forEach(part -> watched.add(part.name() + "=" + part.content()));
          List<String> expected = new ArrayList<>();
          expected.add("model=" + new String(read.model().getBytes(UTF_8), ISO_8859_1));
          read.stream()
              .ifPresent(s -> expected.add("stream=" + new String(s.getBytes(UTF_8), ISO_8859_1)));
          watched.removeIf(one -> one.equals("file=" + read.fileContent()));
          assertThat(watched).containsExactlyInAnyOrderElementsOf(expected);
        });
  }
}
