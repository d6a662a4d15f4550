package com.ecohash.ecolink.openai;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Watches a JSON answer that is not streamed as it passes, for what it says of its units. It never
 * throws and never changes a byte; an answer that is no JSON says nothing, and is not looked at any
 * further.
 */
public final class AnswerScan {
  private static final int SHORT_BYTES_MAX = 256;

  /** The members that are no text of the model's are watched only so that they do not count. */
  private static final List<JsonMembers.Watch> WATCHES =
      List.of(
          new JsonMembers.Watch("usage", UsageJson.BYTES_MAX),
          new JsonMembers.Watch("data", 0),
          new JsonMembers.Watch("error", 0),
          new JsonMembers.Watch("duration_seconds", SHORT_BYTES_MAX),
          new JsonMembers.Watch("duration", SHORT_BYTES_MAX),
          new JsonMembers.Watch("seconds", SHORT_BYTES_MAX),
          new JsonMembers.Watch("status", SHORT_BYTES_MAX),
          new JsonMembers.Watch("id", SHORT_BYTES_MAX),
          new JsonMembers.Watch("error", 0),
          new JsonMembers.Watch("object", 0),
          new JsonMembers.Watch("model", 0),
          new JsonMembers.Watch("system_fingerprint", 0),
          new JsonMembers.Watch("service_tier", 0));

  private static final List<JsonMembers.Watch> SECONDS =
      List.of(
          new JsonMembers.Watch("seconds", SHORT_BYTES_MAX),
          new JsonMembers.Watch("duration_seconds", SHORT_BYTES_MAX));

  private final JsonMembers members =
      new JsonMembers(JsonMembers.DEPTH_MAX_DEFAULT, WATCHES, EventMeter.SAMPLE_BYTES_MAX);

  private boolean begun;

  public void feed(byte[] b, int off, int len) {
    begun |= len > 0;
    members.feed(b, off, len);
  }

  /** The tokens that the answer reported so far. */
  public Optional<TokenUsage> usage() {
    return usageObject().flatMap(usage -> TokenUsage.parse(usage.bytes(), 0, usage.bytes().length));
  }

  /**
   * The seconds of audio or video that the answer reported: in {@code usage} (OpenAI's {@code
   * {"type":"duration","seconds":…}}), else as {@code duration_seconds}, {@code duration} or {@code
   * seconds}, a number or a text.
   */
  public Optional<BigDecimal> seconds() {
    return usageObject()
        .flatMap(usage -> secondsIn(usage.bytes()))
        .or(() -> decimal("duration_seconds"))
        .or(() -> decimal("duration"))
        .or(() -> decimal("seconds"));
  }

  /** Seconds in the bytes of a {@code usage} object. */
  static Optional<BigDecimal> secondsIn(byte[] usage) {
    JsonMembers inner = new JsonMembers(JsonMembers.DEPTH_MAX_DEFAULT, SECONDS);
    inner.feed(usage, 0, usage.length);
    return decimal(inner, "seconds").or(() -> decimal(inner, "duration_seconds"));
  }

  /** How many items {@code data} has, those included that have only begun. */
  public int items() {
    return members.elements("data");
  }

  /** Whether any byte has come. */
  public boolean hasBegun() {
    return begun;
  }

  /** Whether there is a {@code data} with a list, or the beginning of one. */
  public boolean listsItems() {
    return members.kind("data").filter(kind -> kind == JsonKind.ARRAY).isPresent();
  }

  /** Whether the answer is a JSON object with an {@code error} in it. */
  public boolean reportsError() {
    return members.kind("error").filter(kind -> kind != JsonKind.NULL).isPresent();
  }

  /** What gives the object another {@code id}; empty if it has none. */
  public Optional<Edit> renaming(String newId) {
    return member("id")
        .map(id -> new Edit(id.start(), id.end() - id.start(), JsonText.quote(newId)));
  }

  /** Whether it was no JSON object from some byte on, so that nothing of it can be believed. */
  public boolean isBroken() {
    return members.fault().isPresent();
  }

  /** Whether a member that is watched is there and is not null. */
  public boolean has(String name) {
    return member(name).filter(value -> value.kind() != JsonKind.NULL).isPresent();
  }

  /** The text of a short member that is watched. */
  public Optional<String> text(String name) {
    return member(name).flatMap(JsonMember::scalar);
  }

  /** Bytes of the answer's string values so far, to estimate output tokens from. */
  public long textBytes() {
    return members.textBytes();
  }

  /** The beginning of that text. */
  public TextSample sample() {
    return members.sample();
  }

  private Optional<JsonMember> usageObject() {
    return member("usage").filter(usage -> usage.kind() == JsonKind.OBJECT && usage.isWhole());
  }

  private Optional<JsonMember> member(String name) {
    return members.fault().isPresent() ? Optional.empty() : members.member(name);
  }

  private Optional<BigDecimal> decimal(String name) {
    return members.fault().isPresent() ? Optional.empty() : decimal(members, name);
  }

  private static Optional<BigDecimal> decimal(JsonMembers of, String name) {
    return of.member(name).flatMap(JsonMember::scalar).flatMap(Decimal::parse);
  }
}
