package com.ecohash.ecolink.launcher;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * The server's own refusals in the shape OpenAI's SDKs read: what is not HTTP, too long, or came
 * while the server stops. Its sentences are fixed: nothing of the request, of an exception or of a
 * class is ever in them.
 */
final class JsonErrors implements Request.Handler {
  private record Answer(String type, String code, String message) {}

  private static final Map<Integer, Answer> ANSWERS =
      Map.of(
          HttpStatus.NOT_FOUND_404,
          refused("not_found", "There is nothing at this address."),
          HttpStatus.METHOD_NOT_ALLOWED_405,
          refused("method_not_allowed", "This address does not take that method."),
          HttpStatus.REQUEST_TIMEOUT_408,
          refused("timeout", "The request did not arrive in time."),
          HttpStatus.PAYLOAD_TOO_LARGE_413,
          refused("request_too_large", "The request's body is larger than this server takes."),
          HttpStatus.URI_TOO_LONG_414,
          refused("invalid_request", "The request's address is longer than this server takes."),
          HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431,
          refused(
              "headers_too_large",
              "The request's headers are larger than " + LauncherSettings.HEADER_MAX + " allows."),
          HttpStatus.NOT_IMPLEMENTED_501,
          refused("invalid_request", "This server does not know how to do that."),
          HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505,
          refused("invalid_request", "This server speaks HTTP/1.1 and HTTP/2."),
          HttpStatus.SERVICE_UNAVAILABLE_503,
          new Answer(
              "server_error", "overloaded", "This server is stopping or busy. Try again soon."));

  private static final Answer BAD_REQUEST =
      refused("invalid_request", "The request is malformed, or its address is ambiguous.");
  private static final Answer INTERNAL =
      new Answer("server_error", "internal", "The server could not answer this request.");

  private static Answer refused(String code, String message) {
    return new Answer("invalid_request_error", code, message);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = statusOf(request, response);
    response.setStatus(status);
    if (HttpStatus.hasNoBody(status)) {
      callback.succeeded();
      return true;
    }
    byte[] body = bodyOf(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    boolean head = "HEAD".equals(request.getMethod());
    response.write(true, ByteBuffer.wrap(head ? new byte[0] : body), callback);
    return true;
  }

  private static int statusOf(Request request, Response response) {
    return request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException failure
        ? failure.getCode()
        : response.getStatus();
  }

  private static byte[] bodyOf(int status) {
    Answer fallback = status >= 500 ? INTERNAL : BAD_REQUEST;
    Answer answer = ANSWERS.getOrDefault(status, fallback);
    // Fixed words without quotes or backslashes: there is nothing to escape.
    return "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":\"%s\"}}"
        .formatted(answer.message(), answer.type(), answer.code())
        .getBytes(StandardCharsets.UTF_8);
  }
}
