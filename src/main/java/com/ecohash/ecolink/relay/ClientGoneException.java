package com.ecohash.ecolink.relay;

import java.util.concurrent.TimeoutException;

/**
 * The client went away before its request was whole: there is nobody to answer, or nobody but one
 * who has closed its side of the connection and may still read a status.
 */
public final class ClientGoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClientGoneException(Throwable cause) {
    super("the client went away", cause, false, false);
  }

  /** The HTTP status for a request that did not become whole: 408 if it came too slowly, or 400. */
  public int status() {
    for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException) {
        return 408;
      }
    }
    return 400;
  }
}
