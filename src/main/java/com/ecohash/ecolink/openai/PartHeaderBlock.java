package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** Takes in the lines that stand before a part's content, up to the empty one. */
final class PartHeaderBlock {
  static final int NOT_YET = -1;

  private final int bytesMax;
  private byte[] bytes = new byte[256];
  private int length;
  private String where = "";

  PartHeaderBlock(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  /**
   * @param place what the block is, for messages: {@code the header of part 2, at byte 153}
   */
  void begin(String place) {
    where = place;
    length = 0;
  }

  /**
   * Goes on with the next piece.
   *
   * @return the index after the empty line, or {@link #NOT_YET}
   * @throws ApiException if the block is too long, or has lines that readers end differently
   */
  int read(byte[] b, int from, int end) {
    for (int at = from; at < end; at++) {
      append(b[at]);
      if (b[at] == '\n' && isWhole()) {
        return at + 1;
      }
    }
    return NOT_YET;
  }

  /**
   * What the whole block says.
   *
   * @throws ApiException if that can be understood differently
   */
  PartHeader parse(String dashBoundary) {
    String text = new String(bytes, 0, length, ISO_8859_1);
    if (("\r\n" + text).contains("\r\n" + dashBoundary)) {
      throw refused("holds the boundary");
    }
    return PartHeader.parse(text, where);
  }

  private void append(byte c) {
    boolean afterReturn = length > 0 && bytes[length - 1] == '\r';
    if (afterReturn != (c == '\n')) {
      throw refused("has a line that does not end with CRLF");
    }
    if ((c >= 0 && c < ' ' && c != '\r' && c != '\n' && c != '\t') || c == 0x7f) {
      throw refused("holds a control character");
    }
    if (length == bytesMax) {
      throw new ApiException(
          ErrorType.REQUEST_TOO_LARGE,
          "The form is refused: "
              + where
              + " is larger than "
              + bytesMax
              + " bytes, the limit `"
              + FormLimits.PART_HEADERS_KEY
              + "`.");
    }
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = c;
  }

  private ApiException refused(String what) {
    return ApiException.invalidRequest("The form is broken: " + where + " " + what + ".");
  }

  private boolean isWhole() {
    return length == 2 || (bytes[length - 3] == '\n' && bytes[length - 4] == '\r');
  }
}
