package com.ecohash.ecolink.openai;

/** What a 404 says about a model: what was asked for and what to write instead. */
final class NotFoundMessage {
  private static final String WHERE_TO_LOOK = "GET /v1/models lists what this key may call.";

  /** A name may be as long as a body allows; the answer need not be. */
  private static final int SHOWN_CHARS_MAX = 100;

  private NotFoundMessage() {}

  static String ofInstance(String model, long instanceId) {
    return "The model `%s:%d` does not exist. Write `<name>:<instance id>` with the id of an instance; %s"
        .formatted(shown(model), instanceId, WHERE_TO_LOOK);
  }

  static String ofPlatformModel(String name) {
    return "The model `%1$s` does not exist. If it is an instance, write `%1$s:<instance id>`; %2$s"
        .formatted(shown(name), WHERE_TO_LOOK);
  }

  private static String shown(String name) {
    return name.length() <= SHOWN_CHARS_MAX ? name : name.substring(0, SHOWN_CHARS_MAX) + "…";
  }
}
