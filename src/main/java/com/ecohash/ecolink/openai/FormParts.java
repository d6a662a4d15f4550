package com.ecohash.ecolink.openai;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes a form's parts as they pass: keeps the few fields that routing depends on, hands the file's
 * bytes on, and refuses what is there twice, since of two some containers take the first and some
 * the last.
 */
final class FormParts {
  static final String MODEL = "model";
  static final String STREAM = "stream";
  static final String RESPONSE_FORMAT = "response_format";
  private static final String FILE = "file";
  private static final List<String> WATCHED = List.of(MODEL, STREAM, RESPONSE_FORMAT);

  private final FormLimits limits;
  private final FilePartListener listener;
  private final Map<String, FormField> fields = new HashMap<>();

  private int count;
  private @Nullable PartHeader file;
  private @Nullable PartHeader current;
  private @Nullable FormField field;
  private long contentBytes;

  FormParts(FormLimits limits, FilePartListener listener) {
    this.limits = limits;
    this.listener = listener;
  }

  /**
   * One more part; its header is next.
   *
   * @return what to call it, counted from one
   * @throws ApiException if there are too many
   */
  int begin() {
    if (++count > limits.partsMax()) {
      throw tooLarge(
          "The form has more than " + limits.partsMax() + " parts", FormLimits.PARTS_KEY);
    }
    return count;
  }

  /** The part's header was read; its content begins at this byte of the body. */
  void begin(PartHeader header, long contentAt) {
    current = header;
    contentBytes = 0;
    field = null;
    boolean watched = WATCHED.contains(header.name());
    if (!watched && !header.name().equals(FILE)) {
      return;
    }
    if (header.nameIsEscaped()) {
      throw refused(header, "is written with a backslash, which not all readers take for one");
    }
    header.refuseEncoded();
    if (watched) {
      field = watch(header, contentAt);
    } else if (file == null) {
      file = header;
    } else {
      throw refused(header, "is given more than once; give it once");
    }
  }

  private FormField watch(PartHeader header, long contentAt) {
    if (header.isFile()) {
      throw refused(header, "is a file; send it as a plain field");
    }
    FormField watched = new FormField(header, contentAt);
    if (fields.putIfAbsent(header.name(), watched) != null) {
      throw refused(header, "is given more than once; give it once");
    }
    return watched;
  }

  /** The next bytes of the part's content. */
  void content(byte[] b, int off, int len) {
    contentBytes += len;
    if (field != null) {
      field.add(b, off, len);
    } else if (current == file) {
      listener.fileBytes(b, off, len);
    } else if (current != null && !current.isFile() && contentBytes > limits.fieldBytesMax()) {
      throw tooLarge(
          "`" + current.name() + "` is longer than " + limits.fieldBytesMax() + " bytes",
          FormLimits.FIELD_KEY);
    }
  }

  Optional<FormField> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  Optional<PartHeader> file() {
    return Optional.ofNullable(file);
  }

  private static ApiException refused(PartHeader header, String what) {
    return ApiException.invalidRequest(header.name(), "`" + header.name() + "` " + what + ".");
  }

  private static ApiException tooLarge(String what, String limitKey) {
    return new ApiException(ErrorType.REQUEST_TOO_LARGE, what + ", the limit `" + limitKey + "`.");
  }
}
