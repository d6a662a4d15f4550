package com.ecohash.ecolink.openai;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads a JSON request as it arrives: which model, streamed or not, and where an edit would go. It
 * keeps no body, and refuses with an {@link ApiException} what two readers could understand
 * differently. One request, one thread at a time.
 */
public final class RequestScan {
  /** Text that is kept for counting tokens: some 1,000 of them. */
  public static final int SAMPLE_BYTES_MAX = 4096;

  private static final String MODEL = "model";
  private static final String STREAM = "stream";
  private static final String STREAM_OPTIONS = "stream_options";
  private static final int MODEL_BYTES_MAX = 4096;

  /** Enough for a number, or for the name of a format. */
  private static final int HINT_BYTES_MAX = 64;

  /** What the requests of one endpoint say that the gateway reads. Make it once. */
  public static final class Form {
    /** Chat completions: streamed or not, with or without usage. */
    public static final Form CHAT =
        new Form(true, new JsonMembers.Watch(STREAM_OPTIONS, UsageOption.CAPTURE_BYTES_MAX));

    private final boolean chat;
    private final List<String> hints;
    private final List<JsonMembers.Watch> watches;

    private Form(boolean chat, JsonMembers.Watch... more) {
      this.chat = chat;
      this.hints = Stream.of(more).map(JsonMembers.Watch::name).toList();
      this.watches =
          Stream.concat(
                  Stream.of(
                      new JsonMembers.Watch(MODEL, MODEL_BYTES_MAX),
                      new JsonMembers.Watch(STREAM, 0)),
                  Stream.of(more))
              .toList();
    }

    /**
     * Any other endpoint.
     *
     * @param hints names of members with short values, which {@link ScannedRequest#hint} gives
     */
    public static Form withHints(String... hints) {
      return new Form(
          false,
          Stream.of(hints)
              .map(name -> new JsonMembers.Watch(name, HINT_BYTES_MAX))
              .toArray(JsonMembers.Watch[]::new));
    }
  }

  private final JsonMembers members;
  private final Form form;

  public RequestScan(Form form, int depthMax) {
    this.members = new JsonMembers(depthMax, form.watches, SAMPLE_BYTES_MAX);
    this.form = form;
  }

  /** Takes the next piece; false once the body is broken, when {@link #finish} may be called. */
  public boolean feed(byte[] b, int off, int len) {
    return members.feed(b, off, len);
  }

  /**
   * The whole body was fed.
   *
   * @throws ApiException if it is no JSON object, or says twice or not at all what must be said
   *     once
   */
  public ScannedRequest finish() {
    members.finish().map(RequestScan::refusal).ifPresent(RequestScan::raise);
    refuseTwice(MODEL);
    JsonMember value =
        members.member(MODEL).orElseThrow(() -> badModel("is missing. Name the model to call"));
    String model = model(value);
    refuseTwice(STREAM);
    boolean streaming =
        members.member(STREAM).map(JsonMember::kind).filter(JsonKind.TRUE::equals).isPresent();
    return new ScannedRequest(model, value, streaming, usageOption(value), hints(), members);
  }

  private UsageOption usageOption(JsonMember model) {
    if (!form.chat) {
      return new UsageOption.Untouched();
    }
    refuseTwice(STREAM_OPTIONS);
    return UsageOption.of(members.member(STREAM_OPTIONS), model);
  }

  private Map<String, String> hints() {
    if (form.chat) {
      return Map.of();
    }
    Map<String, String> hints = new HashMap<>();
    for (String name : form.hints) {
      refuseTwice(name);
      members.member(name).flatMap(JsonMember::scalar).ifPresent(text -> hints.put(name, text));
    }
    return hints;
  }

  private static String model(JsonMember value) {
    if (value.kind() != JsonKind.STRING) {
      throw badModel("is not a string. Write the model's name in quotes");
    }
    if (!value.isWhole()) {
      throw badModel("is longer than " + MODEL_BYTES_MAX + " bytes. No model has such a name");
    }
    byte[] bytes = value.bytes();
    String model =
        JsonText.unquote(bytes, 1, bytes.length - 1)
            .orElseThrow(() -> badModel("is not UTF-8. Send the body in UTF-8"));
    if (model.isEmpty()) {
      throw badModel("is empty. Name the model to call");
    }
    return model;
  }

  private static ApiException badModel(String what) {
    return ApiException.invalidRequest(
        MODEL, "`model` " + what + "; GET /v1/models lists what this key may call.");
  }

  private void refuseTwice(String name) {
    if (members.count(name) > 1) {
      throw ApiException.invalidRequest(
          name, "`" + name + "` is given more than once; give it once.");
    }
  }

  private static ApiException refusal(JsonFault fault) {
    String at = " at byte " + fault.position();
    return ApiException.invalidRequest(
        switch (fault.reason()) {
          case EMPTY -> "The request body is empty; send a JSON object.";
          case NOT_JSON -> "The request body is not JSON: " + fault.detail() + at + ".";
          case NOT_AN_OBJECT ->
              "The request body is not a JSON object: " + fault.detail() + at + ".";
          case TRUNCATED -> "The body ends" + at + " " + fault.detail() + "; send all of it.";
          case TOO_DEEP ->
              "The request body is "
                  + fault.detail()
                  + at
                  + " (limit `ecolink.limits.json-depth`).";
        });
  }

  private static void raise(ApiException refusal) {
    throw refusal;
  }
}
