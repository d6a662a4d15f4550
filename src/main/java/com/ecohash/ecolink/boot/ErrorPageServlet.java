package com.ecohash.ecolink.boot;

import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorJson;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The answer where no resource gave one: an address without anything behind it, a method it does
 * not take, a failure that nobody caught. JSON in the shape OpenAI's SDKs read; a browser that asks
 * for a page gets the same sentence as one. Says nothing of the request or of an exception.
 */
@WebServlet(name = "error-page", urlPatterns = "/error-page")
public final class ErrorPageServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int status = statusOf(request);
    ApiException answer = answer(status);
    response.setStatus(status);
    response.setHeader("Cache-Control", "no-store");
    String accepted = request.getHeader("Accept");
    if (accepted != null && accepted.contains("text/html")) {
      response.setContentType("text/html;charset=utf-8");
      write(response, page(answer).getBytes(StandardCharsets.UTF_8));
    } else {
      response.setContentType("application/json");
      write(response, ErrorJson.body(answer));
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

  private static ApiException answer(int status) {
    return switch (status) {
      case 401 -> new ApiException(ErrorType.UNAUTHORIZED, "A key or a session is needed here.");
      case 403 -> new ApiException(ErrorType.FORBIDDEN, "This is not open to you.");
      case 404 -> new ApiException(ErrorType.NOT_FOUND, "There is nothing at this address.");
      case 405 ->
          new ApiException(ErrorType.METHOD_NOT_ALLOWED, "This address does not take that method.");
      case 406 -> ApiException.invalidRequest("This address has no answer of the type asked for.");
      case 413 ->
          new ApiException(
              ErrorType.REQUEST_TOO_LARGE, "The request is larger than this server takes.");
      case 415 ->
          new ApiException(
              ErrorType.UNSUPPORTED_MEDIA_TYPE, "This address does not take that content type.");
      case 431 ->
          new ApiException(
              ErrorType.HEADERS_TOO_LARGE,
              "The request's headers are larger than this server takes.");
      case 503 ->
          new ApiException(
              ErrorType.OVERLOADED, "The gateway is starting, stopping or busy. Try again soon.");
      default ->
          status >= 500
              ? new ApiException(ErrorType.INTERNAL, "The gateway could not answer this request.")
              : ApiException.invalidRequest("The request could not be understood.");
    };
  }

  private static String page(ApiException answer) {
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
        .formatted(answer.getMessage());
  }
}
