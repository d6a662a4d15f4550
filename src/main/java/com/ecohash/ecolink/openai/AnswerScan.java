package com.ecohash.ecolink.openai;

import java.util.List;
import java.util.Optional;

/**
 * Watches a JSON answer that is not streamed as it passes, for its usage. It never throws and never
 * changes a byte; an answer that is no JSON has no usage, and is not looked at any further.
 */
public final class AnswerScan {
  /** The members that are no text of the model's are watched only so that they do not count. */
  private static final List<JsonMembers.Watch> WATCHES =
      List.of(
          new JsonMembers.Watch("usage", UsageJson.BYTES_MAX),
          new JsonMembers.Watch("id", 0),
          new JsonMembers.Watch("object", 0),
          new JsonMembers.Watch("model", 0),
          new JsonMembers.Watch("system_fingerprint", 0),
          new JsonMembers.Watch("service_tier", 0));

  private final JsonMembers members = new JsonMembers(JsonMembers.DEPTH_MAX_DEFAULT, WATCHES);

  public void feed(byte[] b, int off, int len) {
    members.feed(b, off, len);
  }

  /** The usage that the answer reported so far. */
  public Optional<TokenUsage> usage() {
    if (members.fault().isPresent()) {
      return Optional.empty();
    }
    return members
        .member("usage")
        .filter(usage -> usage.kind() == JsonKind.OBJECT && usage.isWhole())
        .flatMap(usage -> TokenUsage.parse(usage.bytes(), 0, usage.bytes().length));
  }

  /** Bytes of the answer's string values so far, to estimate output tokens from. */
  public long textBytes() {
    return members.textBytes();
  }
}
