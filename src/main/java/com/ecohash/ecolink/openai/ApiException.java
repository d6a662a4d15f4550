package com.ecohash.ecolink.openai;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A refusal on its way to the client: what went wrong and a message that says what to do. It is an
 * answer, not an accident, so it has no stack trace; its message never holds a key or a class name.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorType type;
  private final String text;
  private final @Nullable String param;
  private final @Nullable Duration retryAfter;

  public ApiException(ErrorType type, String message) {
    this(type, message, null, null);
  }

  private ApiException(
      ErrorType type, String message, @Nullable String param, @Nullable Duration retryAfter) {
    super(message, null, false, false);
    this.type = type;
    this.text = message;
    this.param = param;
    this.retryAfter = retryAfter;
  }

  /** A 400 about the request as a whole. */
  public static ApiException invalidRequest(String message) {
    return new ApiException(ErrorType.INVALID_REQUEST, message);
  }

  /** A 400 about one member of the request, named as OpenAI's {@code error.param}. */
  public static ApiException invalidRequest(String param, String message) {
    return new ApiException(ErrorType.INVALID_REQUEST, message, param, null);
  }

  /** The 404 for a model that leads nowhere; it says what to write. */
  public static ApiException modelNotFound(ModelReference reference) {
    return new ApiException(ErrorType.MODEL_NOT_FOUND, reference.notFoundMessage(), "model", null);
  }

  public ApiException withParam(String name) {
    return new ApiException(type, text, name, retryAfter);
  }

  /**
   * The same refusal with a {@code Retry-After}; fractions of a second are for the edge to round.
   */
  public ApiException withRetryAfter(Duration wait) {
    return new ApiException(type, text, param, wait);
  }

  public ErrorType type() {
    return type;
  }

  /** The sentence for the client. */
  @Override
  public String getMessage() {
    return text;
  }

  /** OpenAI's {@code error.param}: the member of the request that is at fault. */
  public Optional<String> param() {
    return Optional.ofNullable(param);
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
