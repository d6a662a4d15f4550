package com.ecohash.ecolink.openai;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request's {@code Content-Type} says of its form: the boundary between its parts (RFC 2046,
 * 5.1.1) and the charset of its fields, if any.
 */
record FormType(String boundary, Optional<String> charset) {
  private static final String MULTIPART = "multipart/form-data";
  private static final String BOUNDARY = "boundary";
  private static final int SHOWN_CHARS_MAX = 100;

  /** The characters of RFC 2046; a space may not be the last. */
  private static final Pattern BOUNDARY_FORM =
      Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

  /** Some readers take the first {@code boundary=} that they find, wherever it stands. */
  private static final Pattern SECOND_BOUNDARY =
      Pattern.compile("boundary\\s*[*=]", Pattern.CASE_INSENSITIVE);

  /**
   * @throws ApiException 415 if it is no form, 400 if it has no boundary or none that all readers
   *     would take for the same
   */
  static FormType of(@Nullable String contentType) {
    String text = contentType == null ? "" : contentType;
    int semicolon = text.indexOf(';');
    String type = semicolon < 0 ? text : text.substring(0, semicolon);
    if (!type.strip().equalsIgnoreCase(MULTIPART)) {
      throw new ApiException(
          ErrorType.UNSUPPORTED_MEDIA_TYPE,
          "The request's Content-Type is "
              + (text.isEmpty() ? "missing" : "`" + shown(text) + "`")
              + ". Send the file in a form, as "
              + MULTIPART
              + ".");
    }
    HeaderParameters parameters =
        HeaderParameters.parse(text)
            .filter(read -> !read.isExtended(BOUNDARY))
            .filter(read -> !read.anyButHolds(BOUNDARY, SECOND_BOUNDARY))
            .orElseThrow(() -> bad("cannot be read in one way only: it is `" + shown(text) + "`"));
    return new FormType(boundary(parameters), parameters.get("charset"));
  }

  private static String boundary(HeaderParameters parameters) {
    String boundary =
        parameters.raw(BOUNDARY).orElseThrow(() -> bad("names no boundary between the parts"));
    if (!BOUNDARY_FORM.matcher(boundary).matches()) {
      throw bad("has a boundary that is none by RFC 2046 (1 to 70 of its characters)");
    }
    return boundary;
  }

  private static ApiException bad(String what) {
    return ApiException.invalidRequest("The request's Content-Type " + what + ".");
  }

  private static String shown(String text) {
    return text.length() <= SHOWN_CHARS_MAX ? text : text.substring(0, SHOWN_CHARS_MAX) + "…";
  }
}
