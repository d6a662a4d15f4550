package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the header of a part says (RFC 7578, 4.2 to 4.7). Only what routing depends on is read, and
 * that in the one way that all readers share; all else is left alone.
 *
 * @param where what the header is, for messages
 * @param name the part's name, quoted pairs resolved
 * @param nameIsEscaped it was written with a backslash, which some readers take for itself
 * @param isFile it has a file name, in whatever form
 * @param encoding {@code Content-Transfer-Encoding}, in lower case
 */
record PartHeader(
    String where,
    String name,
    boolean nameIsEscaped,
    boolean isFile,
    Optional<String> filename,
    Optional<String> contentType,
    Optional<String> encoding) {
  private static final String NAME = "name";
  private static final String FILENAME = "filename";

  /** Readers that split at semicolons, or let a backslash stand for itself, see a name in these. */
  private static final Pattern HIDDEN_NAME =
      Pattern.compile(";\\s*(file)?name\\s*[*=]", Pattern.CASE_INSENSITIVE);

  /**
   * @param block the header's lines, a byte a character
   * @throws ApiException if it does not say in one way only what the part's name is
   */
  static PartHeader parse(String block, String where) {
    PartHeaderLines lines = PartHeaderLines.of(block, where);
    String disposition =
        lines.disposition().orElseThrow(() -> bad(where, "has no Content-Disposition"));
    HeaderParameters parameters =
        HeaderParameters.parse(disposition)
            .filter(read -> !read.anyButHolds("", HIDDEN_NAME))
            .orElseThrow(
                () -> bad(where, "has a Content-Disposition that can be read in two ways"));
    if (!parameters.value().equals("form-data") || parameters.isExtended(NAME)) {
      throw bad(where, "has a Content-Disposition other than `form-data; name=…`");
    }
    return new PartHeader(
        where,
        name(parameters, where),
        parameters.raw(NAME).filter(raw -> raw.indexOf('\\') >= 0).isPresent(),
        parameters.raw(FILENAME).isPresent() || parameters.isExtended(FILENAME),
        parameters.get(FILENAME).map(PartHeader::lenient),
        lines.contentType(),
        lines.encoding());
  }

  private static String name(HeaderParameters parameters, String where) {
    String name = parameters.get(NAME).orElseThrow(() -> bad(where, "names no field"));
    if (name.contains("=?")) {
      throw bad(where, "names a field in the manner of mail (RFC 2047); write it in UTF-8");
    }
    if (!name.equals(name.trim())) { // some readers take it away, and see another field
      throw bad(where, "names a field with white space around the name");
    }
    byte[] bytes = name.getBytes(ISO_8859_1);
    return JsonText.utf8(bytes, 0, bytes.length)
        .orElseThrow(() -> bad(where, "names a field in something other than UTF-8"));
  }

  private static String lenient(String bytes) {
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }

  private static ApiException bad(String where, String what) {
    return ApiException.invalidRequest("The form is refused: " + where + " " + what + ".");
  }

  /** The charset of the part's text, if it names one; {@code ?} if it cannot be told. */
  Optional<String> charset() {
    return contentType.flatMap(
        type ->
            HeaderParameters.parse(type)
                .map(parameters -> parameters.get("charset"))
                .orElse(Optional.of("?")));
  }

  /**
   * Some readers undo these encodings, others do not; RFC 7578, 4.7 has deprecated them.
   *
   * @throws ApiException if the part's content may be other than its bytes
   */
  void refuseEncoded() {
    if (encoding
        .filter(e -> !e.equals("7bit") && !e.equals("8bit") && !e.equals("binary"))
        .isPresent()) {
      throw bad(where, "has a Content-Transfer-Encoding; send the bytes as they are");
    }
  }
}
