package com.ecohash.ecolink.openai;

import java.util.List;

/** What a request said about its routing, and where its bytes would change: JSON or a form. */
public sealed interface ScannedBody permits ScannedRequest, ScannedForm {
  /** The value of {@code model}. */
  String model();

  /** Whether {@code stream} is true; any other value is for the container to judge. */
  boolean streaming();

  long totalBytes();

  /** Bytes of text to estimate input tokens from; none in a form, which is metered by its audio. */
  long textBytes();

  /**
   * The changes to the body, in order, not overlapping: the model's value unless it stays what it
   * is, and, only where the body has a place for it, that the client is to be told its usage.
   */
  List<Edit> edits(String newModel, boolean addIncludeUsage);
}
