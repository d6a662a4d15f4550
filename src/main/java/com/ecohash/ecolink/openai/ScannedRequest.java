package com.ecohash.ecolink.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a JSON request said about its routing, and where its bytes would change. It holds no part of
 * the body but the model's name.
 */
public final class ScannedRequest implements ScannedBody {
  private final String model;
  private final JsonMember modelValue;
  private final boolean streaming;
  private final UsageOption usageOption;
  private final long totalBytes;
  private final long textBytes;
  private final long innerNumbers;
  private final TextSample sample;
  private final Map<String, String> hints;

  ScannedRequest(
      String model,
      JsonMember modelValue,
      boolean streaming,
      UsageOption usageOption,
      Map<String, String> hints,
      JsonMembers scan) {
    this.model = model;
    this.modelValue = modelValue;
    this.streaming = streaming;
    this.usageOption = usageOption;
    this.totalBytes = scan.fedBytes();
    this.textBytes = scan.textBytes();
    this.innerNumbers = scan.innerNumbers();
    this.sample = scan.sample();
    this.hints = hints;
  }

  /** The top-level {@code model}, unescaped. */
  @Override
  public String model() {
    return model;
  }

  /** Whether {@code stream} is {@code true}; any other value is for the container to judge. */
  @Override
  public boolean streaming() {
    return streaming;
  }

  /**
   * Whether the stream's usage is the client's own wish, so that nothing may be taken out of its
   * answer. Also so where {@code stream_options} is of a form that is passed on unread.
   */
  public boolean clientAskedForUsage() {
    return streaming && usageOption instanceof UsageOption.Untouched;
  }

  @Override
  public long totalBytes() {
    return totalBytes;
  }

  /** Bytes of string values outside the watched members, to estimate input tokens from. */
  @Override
  public long textBytes() {
    return textBytes;
  }

  /** How many numbers stand in arrays: an embedding's input may be tokens' ids. */
  public long innerNumbers() {
    return innerNumbers;
  }

  /** The beginning of that text. */
  public TextSample sample() {
    return sample;
  }

  /** A short text or a number of those that were asked for, as the client wrote it. */
  public Optional<String> hint(String name) {
    return Optional.ofNullable(hints.get(name));
  }

  /**
   * The changes to the body, in order, not overlapping: the model's value unless it stays what it
   * is, and {@code stream_options.include_usage} where it is to be added and the client streams
   * without it.
   */
  @Override
  public List<Edit> edits(String newModel, boolean addIncludeUsage) {
    List<Edit> edits = new ArrayList<>(2);
    if (!newModel.equals(model)) {
      long removed = modelValue.end() - modelValue.start();
      edits.add(new Edit(modelValue.start(), removed, JsonText.quote(newModel)));
    }
    if (addIncludeUsage && streaming && usageOption instanceof UsageOption.Added added) {
      boolean first = added.edit().offset() < modelValue.start();
      edits.add(first ? 0 : edits.size(), added.edit());
    }
    return edits;
  }
}
