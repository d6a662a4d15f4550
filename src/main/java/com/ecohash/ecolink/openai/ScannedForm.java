package com.ecohash.ecolink.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a form said about its routing, and where its bytes would change. It holds no part of the
 * body but the values of the fields that were watched.
 */
public final class ScannedForm implements ScannedBody {
  private final FormField modelField;
  private final Map<String, String> values = new HashMap<>();
  private final Optional<PartHeader> file;
  private final long totalBytes;

  private ScannedForm(FormField modelField, Optional<PartHeader> file, long totalBytes) {
    this.modelField = modelField;
    this.file = file;
    this.totalBytes = totalBytes;
  }

  /**
   * @throws ApiException if {@code model} is not there, or is nothing that a model is called
   */
  static ScannedForm of(FormParts parts, Optional<String> charset, long totalBytes) {
    FormField model =
        parts.field(FormParts.MODEL).orElseThrow(() -> badModel("is missing. Name the model"));
    ScannedForm form = new ScannedForm(model, parts.file(), totalBytes);
    for (String name : List.of(FormParts.MODEL, FormParts.STREAM, FormParts.RESPONSE_FORMAT)) {
      parts.field(name).ifPresent(field -> form.values.put(name, field.text(charset)));
    }
    if (form.model().isEmpty()) {
      throw badModel("is empty. Name the model");
    }
    if (form.model().chars().anyMatch(Character::isISOControl)) {
      throw badModel("holds a control character. Name the model");
    }
    return form;
  }

  private static ApiException badModel(String what) {
    return ApiException.invalidRequest(
        FormParts.MODEL, "`model` " + what + " to call; GET /v1/models lists what this key may.");
  }

  @Override
  public String model() {
    return field(FormParts.MODEL).orElseThrow();
  }

  @Override
  public boolean streaming() {
    return field(FormParts.STREAM).filter("true"::equalsIgnoreCase).isPresent();
  }

  /** A field that was watched: {@code model}, {@code stream} or {@code response_format}. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Whether the form has a part called {@code file}. */
  public boolean hasFile() {
    return file.isPresent();
  }

  /** What the client calls the file; many SDKs send none. */
  public Optional<String> filename() {
    return file.flatMap(PartHeader::filename);
  }

  /** The {@code Content-Type} of the file's part. */
  public Optional<String> fileContentType() {
    return file.flatMap(PartHeader::contentType);
  }

  @Override
  public long totalBytes() {
    return totalBytes;
  }

  @Override
  public long textBytes() {
    return 0;
  }

  /** The model's value, unless it stays what it is. */
  public List<Edit> edits(String newModel) {
    return newModel.equals(model())
        ? List.of()
        : List.of(modelField.replacedBy(newModel.getBytes(UTF_8)));
  }

  /** A form has no place to ask for usage. */
  @Override
  public List<Edit> edits(String newModel, boolean addIncludeUsage) {
    return edits(newModel);
  }
}
