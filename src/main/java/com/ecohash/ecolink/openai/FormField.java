package com.ecohash.ecolink.openai;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** A field that routing depends on, as it stands in a form: its bytes, and where they are. */
final class FormField {
  /** As of {@code model} in a JSON request. */
  static final int BYTES_MAX = 4096;

  private final PartHeader header;
  private final long start;
  private byte[] bytes = {};

  FormField(PartHeader header, long start) {
    this.header = header;
    this.start = start;
  }

  /**
   * @throws ApiException if the value becomes too long
   */
  void add(byte[] b, int off, int len) {
    if (len > BYTES_MAX - bytes.length) {
      throw refused("is longer than " + BYTES_MAX + " bytes");
    }
    int before = bytes.length;
    bytes = Arrays.copyOf(bytes, before + len);
    System.arraycopy(b, off, bytes, before, len);
  }

  /** The change that puts another value in this one's place. */
  Edit replacedBy(byte[] value) {
    return new Edit(start, bytes.length, value);
  }

  /**
   * The value.
   *
   * @param formCharset what the form as a whole says its fields are written in
   * @throws ApiException if it is not UTF-8, or something else to a reader who heeds a charset
   */
  String text(Optional<String> formCharset) {
    String text =
        JsonText.utf8(bytes, 0, bytes.length)
            .orElseThrow(() -> refused("is not UTF-8. Send the form in UTF-8"));
    if (Stream.concat(formCharset.stream(), header.charset().stream())
        .anyMatch(charset -> !means(charset, text))) {
      throw refused("is sent in a charset in which it is not what it is in UTF-8. Send UTF-8");
    }
    return text;
  }

  private boolean means(String charset, String text) {
    try {
      return new String(bytes, Charset.forName(charset)).equals(text);
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }

  private ApiException refused(String what) {
    return ApiException.invalidRequest(header.name(), "`" + header.name() + "` " + what + ".");
  }
}
