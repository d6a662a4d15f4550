package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;

/**
 * What stands before a form's first part or after its last. Readers should ignore it (RFC 2046,
 * 5.1.1), but some look there for a boundary anywhere in a line: so it is kept, and must have none.
 */
final class FormMargin {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);
  private final int bytesMax;

  FormMargin(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  /**
   * @throws ApiException if it becomes too long
   */
  void add(byte[] b, int off, int len) {
    if (len > bytesMax - bytes.size()) {
      throw new ApiException(
          ErrorType.REQUEST_TOO_LARGE,
          "The form has more than "
              + bytesMax
              + " bytes outside of its parts, the limit `"
              + FormLimits.PART_HEADERS_KEY
              + "`.");
    }
    bytes.write(b, off, len);
  }

  boolean contains(String text) {
    return bytes.toString(ISO_8859_1).contains(text);
  }

  /** Whether a line's end, or the white space before one, comes first. */
  boolean beginsBlank() {
    return bytes.size() == 0 || " \t\r\n".indexOf(bytes.toString(ISO_8859_1).charAt(0)) >= 0;
  }
}
