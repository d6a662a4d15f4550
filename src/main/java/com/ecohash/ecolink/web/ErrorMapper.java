package com.ecohash.ecolink.web;

import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorJson;
import com.ecohash.ecolink.openai.ErrorType;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns whatever a resource threw into the one shape of errors. What nobody expected is logged once
 * with an id, and the client gets the id: never a message of the code's own, never a class name.
 */
@Provider
@Dependent
public final class ErrorMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorMapper.class);
  private static final int CAUSES_MAX = 10;

  @Override
  public Response toResponse(Throwable thrown) {
    @Nullable Throwable cause = thrown;
    for (int i = 0; i < CAUSES_MAX && cause != null; i++) { // servers wrap what readers throw
      if (cause instanceof ApiException refusal) {
        return response(refusal.type().status(), refusal).build();
      }
      cause = cause.getCause();
    }
    if (thrown instanceof WebApplicationException e && e.getResponse().getStatus() < 500) {
      return refusedByServer(e.getResponse());
    }
    String id = UUID.randomUUID().toString();
    LOG.error("unexpected error {}", id, thrown);
    ErrorType type = ErrorType.INTERNAL;
    return response(
            type.status(),
            new ApiException(
                type, "Something went wrong here. Please report it with this id: " + id + "."))
        .build();
  }

  /** No resource for the path, the method, the media type. */
  private static Response refusedByServer(Response refusal) {
    int status = refusal.getStatus();
    if (status < 400) {
      return refusal;
    }
    Response.ResponseBuilder response =
        switch (status) {
          case 404 -> refuse(status, ErrorType.NOT_FOUND, "There is nothing at this path.");
          case 405 ->
              refuse(
                  status,
                  ErrorType.METHOD_NOT_ALLOWED,
                  "This path does not have that method; see the header Allow.");
          case 406 ->
              refuse(
                  status,
                  ErrorType.INVALID_REQUEST,
                  "Only application/json is to be had here; see your header Accept.");
          case 415 ->
              refuse(
                  status,
                  ErrorType.UNSUPPORTED_MEDIA_TYPE,
                  "This path takes another Content-Type than the one that was sent.");
          default -> refuse(status, ErrorType.INVALID_REQUEST, "The request cannot be understood.");
        };
    if (refusal.getHeaderString(HttpHeaders.ALLOW) != null) {
      response.header(HttpHeaders.ALLOW, refusal.getHeaderString(HttpHeaders.ALLOW));
    }
    return response.build();
  }

  private static Response.ResponseBuilder refuse(int status, ErrorType type, String message) {
    return response(status, new ApiException(type, message));
  }

  private static Response.ResponseBuilder response(int status, ApiException refusal) {
    Response.ResponseBuilder response =
        Response.status(status).type(MediaType.APPLICATION_JSON).entity(ErrorJson.body(refusal));
    if (refusal.type() == ErrorType.UNAUTHORIZED) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    refusal.retryAfter().ifPresent(wait -> response.header("Retry-After", secondsUp(wait)));
    return response;
  }

  private static long secondsUp(Duration wait) {
    return wait.plusNanos(999_999_999).toSeconds();
  }
}
