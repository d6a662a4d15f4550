package com.ecohash.ecolink.boot;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer where no resource gave one: an address without anything behind it, a method it does
 * not take, a failure that nobody caught. JSON in the shape OpenAI's SDKs read; a browser that asks
 * for a page gets the same sentence as one. Says nothing of the request or of an exception.
 */
@WebServlet(name = "error-page", urlPatterns = "/error-page")
public final class ErrorPageServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private enum Answer {
    UNAUTHORIZED(401, "unauthorized", "A key or a session is needed here."),
    FORBIDDEN(403, "forbidden", "This is not open to you."),
    NOT_FOUND(404, "not_found", "There is nothing at this address."),
    METHOD_NOT_ALLOWED(405, "method_not_allowed", "This address does not take that method."),
    NOT_ACCEPTABLE(406, "not_acceptable", "This address has no answer of the type asked for."),
    TOO_LARGE(413, "request_too_large", "The request is larger than this server takes."),
    UNSUPPORTED(415, "unsupported_media_type", "This address does not take that content type."),
    UNAVAILABLE(503, "overloaded", "The gateway is starting, stopping or busy. Try again soon."),
    BAD_REQUEST(400, "invalid_request", "The request could not be understood."),
    INTERNAL(500, "internal", "The gateway could not answer this request.");

    private final int status;
    private final String code;
    private final String message;

    Answer(int status, String code, String message) {
      this.status = status;
      this.code = code;
      this.message = message;
    }

    static Answer to(int status) {
      for (Answer answer : values()) {
        if (answer.status == status) {
          return answer;
        }
      }
      return status >= 500 ? INTERNAL : BAD_REQUEST;
    }
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int status = statusOf(request);
    Answer answer = Answer.to(status);
    response.setStatus(status);
    response.setHeader("Cache-Control", "no-store");
    String accepted = request.getHeader("Accept");
    if (accepted != null && accepted.contains("text/html")) {
      response.setContentType("text/html;charset=utf-8");
      write(response, page(answer).getBytes(StandardCharsets.UTF_8));
    } else {
      response.setContentType("application/json");
      write(response, JSON.writeValueAsBytes(json(answer)));
    }
  }

  /** A client that asks for this servlet's own address finds nothing there. */
  private static int statusOf(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.ERROR
            && request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
        ? status
        : HttpServletResponse.SC_NOT_FOUND;
  }

  private static void write(HttpServletResponse response, byte[] body) throws IOException {
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static Map<String, Object> json(Answer answer) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", answer.message);
    error.put("type", answer.status >= 500 ? "server_error" : "invalid_request_error");
    error.put("param", null);
    error.put("code", answer.code);
    return Map.of("error", error);
  }

  private static String page(Answer answer) {
    return """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>%1$s</title>
        <p>%1$s</p>
        <p><a href="/">EcoLink</a></p>
        </html>
        """
        .formatted(answer.message);
  }
}
