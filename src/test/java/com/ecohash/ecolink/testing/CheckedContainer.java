package com.ecohash.ecolink.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The rule of a container that answers everything as it should: asks for its credential, names its
 * model, complains in OpenAI's form, and serves the rest as {@link OpenAiContainer} does. Each of
 * its parts can be made worse.
 */
public final class CheckedContainer {
  public static final String MODEL = "my-llama";
  public static final String CREDENTIAL = "sk-container-1234";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Behaviour CHAT = Behaviour.Answer.of(5).every(Duration.ofMillis(30));

  private boolean locked = true;
  private String served = MODEL;
  private boolean pickyOfModels = true;
  private Optional<Behaviour> streams = Optional.empty();
  private Optional<Behaviour> afterLeaving = Optional.empty();
  private Optional<Behaviour> malformed = Optional.empty();
  private Optional<Behaviour> unknownModel = Optional.empty();
  private volatile boolean left;

  public FakeContainer start() {
    return FakeContainer.start().behave(new Behaviour.By(this::answer));
  }

  public CheckedContainer open() {
    locked = false;
    return this;
  }

  public CheckedContainer serving(String model) {
    served = model;
    return this;
  }

  public CheckedContainer takingAnyModel() {
    pickyOfModels = false;
    return this;
  }

  public CheckedContainer streaming(Behaviour how) {
    streams = Optional.of(how);
    return this;
  }

  public CheckedContainer afterLeaving(Behaviour how) {
    afterLeaving = Optional.of(how);
    return this;
  }

  public CheckedContainer onBadJson(Behaviour how) {
    malformed = Optional.of(how);
    return this;
  }

  public CheckedContainer onUnknownModel(Behaviour how) {
    unknownModel = Optional.of(how);
    return this;
  }

  private Behaviour answer(ReceivedRequest request) {
    List<String> authorization = request.headers().getOrDefault("authorization", List.of());
    if (locked && !authorization.contains("Bearer " + CREDENTIAL)) {
      return error(401, "Invalid API key");
    }
    if (request.target().equals("/v1/models")) {
      return new Behaviour.Status(
          200, "{\"object\":\"list\",\"data\":[{\"id\":\"" + served + "\",\"object\":\"model\"}]}");
    }
    return request.target().equals("/v1/audio/transcriptions")
        ? OpenAiContainer.answer(request)
        : json(request);
  }

  private Behaviour json(ReceivedRequest request) {
    JsonNode json;
    try {
      json = JSON.readTree(request.body());
    } catch (IOException e) {
      return malformed.orElseGet(() -> error(400, "The body is no JSON"));
    }
    if (pickyOfModels && !json.path("model").asText().equals(MODEL)) {
      return unknownModel.orElseGet(() -> error(404, "There is no such model"));
    }
    return request.target().equals("/v1/chat/completions")
        ? chat(json)
        : OpenAiContainer.answer(request);
  }

  private Behaviour chat(JsonNode json) {
    boolean wasLeft = left;
    left |= json.path("max_tokens").asInt() > 100;
    return wasLeft && afterLeaving.isPresent() ? afterLeaving.get() : streams.orElse(CHAT);
  }

  public static Behaviour error(int status, String message) {
    return new Behaviour.Status(
        status,
        ("{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\",\"param\":null,"
                + "\"code\":\"bad\"}}")
            .formatted(message));
  }
}
