package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorJson;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers an exchange that is refused before it is relayed, and completes it. Non-blocking too: the
 * refusal may be found on a thread that must not wait. Who speaks gRPC is told in its own way: a
 * status among the headers of an answer that has no body and is no error of HTTP's.
 */
public final class ErrorAnswer implements WriteListener {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswer.class);

  private final AsyncContext async;
  private final ServletOutputStream out;
  private final byte[] body;
  private boolean written;

  private ErrorAnswer(AsyncContext async, ServletOutputStream out, byte[] body) {
    this.async = async;
    this.out = out;
    this.body = body;
  }

  /** Sends the refusal; the exchange is complete afterwards, at some time. */
  public static void send(ApiException error, AsyncContext async) {
    HttpServletResponse response = (HttpServletResponse) async.getResponse();
    try {
      byte[] body = head(error, (HttpServletRequest) async.getRequest(), response);
      ErrorAnswer answer = new ErrorAnswer(async, response.getOutputStream(), body);
      answer.out.setWriteListener(answer);
    } catch (IOException | IllegalStateException e) {
      LOG.debug("a refusal could not be sent", e);
      async.complete();
    }
  }

  /** Prepares the answer's head, and returns its body. */
  static byte[] head(ApiException error, HttpServletRequest request, HttpServletResponse response) {
    byte[] body = {};
    if (Grpc.isSpokenBy(request)) {
      response.setStatus(HttpServletResponse.SC_OK);
      response.setContentType(Grpc.CONTENT_TYPE);
      Grpc.ending(error.type().status(), error.getMessage()).forEach(response::setHeader);
    } else {
      body = ErrorJson.body(error);
      response.setStatus(error.type().status());
      response.setContentType("application/json");
      response.setContentLength(body.length);
    }
    if (error.type() == ErrorType.UNAUTHORIZED) {
      response.setHeader("WWW-Authenticate", "Bearer"); // RFC 9110, section 15.5.2
    }
    error
        .retryAfter()
        .ifPresent(
            wait ->
                response.setHeader(
                    "Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()))));
    return body;
  }

  @Override
  public void onWritePossible() throws IOException {
    if (!written && out.isReady()) {
      written = true;
      if (body.length > 0) {
        out.write(body);
      }
    }
    if (written && out.isReady()) {
      async.complete();
    }
  }

  @Override
  public void onError(Throwable cause) {
    LOG.debug("a refusal did not reach the client", cause);
    async.complete();
  }
}
