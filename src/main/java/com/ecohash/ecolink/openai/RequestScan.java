package com.ecohash.ecolink.openai;

import java.util.List;

/**
 * Reads a JSON request as it arrives: which model, streamed or not, and where an edit would go. It
 * keeps no body, and refuses with an {@link ApiException} what two readers could understand
 * differently. One request, one thread at a time.
 */
public final class RequestScan {
  private static final String MODEL = "model";
  private static final String STREAM = "stream";
  private static final String STREAM_OPTIONS = "stream_options";
  private static final int MODEL_BYTES_MAX = 4096;
  private static final JsonMembers.Watch MODEL_WATCH =
      new JsonMembers.Watch(MODEL, MODEL_BYTES_MAX);
  private static final List<JsonMembers.Watch> MODEL_ONLY = List.of(MODEL_WATCH);
  private static final List<JsonMembers.Watch> CHAT =
      List.of(
          MODEL_WATCH,
          new JsonMembers.Watch(STREAM, 0),
          new JsonMembers.Watch(STREAM_OPTIONS, UsageOption.CAPTURE_BYTES_MAX));

  private final JsonMembers members;
  private final boolean chat;

  private RequestScan(int depthMax, boolean chat) {
    this.members = new JsonMembers(depthMax, chat ? CHAT : MODEL_ONLY);
    this.chat = chat;
  }

  /** For chat completions, which may be streamed. */
  public static RequestScan ofChat(int depthMax) {
    return new RequestScan(depthMax, true);
  }

  /** For the other JSON endpoints, of which only {@code model} matters. */
  public static RequestScan ofModelOnly(int depthMax) {
    return new RequestScan(depthMax, false);
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
    if (!chat) {
      return new ScannedRequest(model, value, false, new UsageOption.Untouched(), members);
    }
    refuseTwice(STREAM);
    refuseTwice(STREAM_OPTIONS);
    boolean streaming =
        members.member(STREAM).map(JsonMember::kind).filter(JsonKind.TRUE::equals).isPresent();
    UsageOption usage = UsageOption.of(members.member(STREAM_OPTIONS), value);
    return new ScannedRequest(model, value, streaming, usage, members);
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
