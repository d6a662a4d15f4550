package com.ecohash.ecolink.openai;

/**
 * What went wrong, as clients see it: the HTTP status, OpenAI's {@code type} and the {@code code}
 * of SPEC 2.6. It carries no message; that belongs to the {@link ApiException}.
 */
public enum ErrorType {
  INVALID_REQUEST(400, "invalid_request_error", "invalid_request"),
  /** The instance is real, but another endpoint or the custom path serves it. */
  WRONG_ENDPOINT(400, "invalid_request_error", "wrong_endpoint"),
  UNAUTHORIZED(401, "authentication_error", "unauthorized"),
  INSUFFICIENT_BALANCE(402, "insufficient_quota", "insufficient_balance"),
  MODEL_NOT_PRICED(402, "invalid_request_error", "model_not_priced"),
  FORBIDDEN(403, "permission_error", "forbidden"),
  MODEL_NOT_FOUND(404, "invalid_request_error", "model_not_found"),
  NOT_FOUND(404, "invalid_request_error", "not_found"),
  METHOD_NOT_ALLOWED(405, "invalid_request_error", "method_not_allowed"),
  CONFLICT(409, "invalid_request_error", "conflict"),
  REQUEST_TOO_LARGE(413, "invalid_request_error", "request_too_large"),
  UNSUPPORTED_MEDIA_TYPE(415, "invalid_request_error", "unsupported_media_type"),
  RATE_LIMIT_EXCEEDED(429, "rate_limit_error", "rate_limit_exceeded"),
  HEADERS_TOO_LARGE(431, "invalid_request_error", "headers_too_large"),
  INTERNAL(500, "server_error", "internal"),
  NOT_IMPLEMENTED(501, "invalid_request_error", "not_implemented"),
  BAD_GATEWAY(502, "server_error", "bad_gateway"),
  /** The container died in mid-stream: the status is gone, only the event's code still tells. */
  CONTAINER_FAILED(502, "server_error", "bad_gateway"),
  NO_HEALTHY_REGION(503, "server_error", "no_healthy_region"),
  INSTANCE_NOT_RUNNING(503, "server_error", "instance_not_running"),
  OVERLOADED(503, "server_error", "overloaded"),
  TIMEOUT(504, "server_error", "timeout");

  private final int status;
  private final String type;
  private final String code;

  ErrorType(int status, String type, String code) {
    this.status = status;
    this.type = type;
    this.code = code;
  }

  public int status() {
    return status;
  }

  /** OpenAI's {@code error.type}. */
  public String type() {
    return type;
  }

  /** The product's {@code error.code}: what programs should switch on. */
  public String code() {
    return code;
  }
}
