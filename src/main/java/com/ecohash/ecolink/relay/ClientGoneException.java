package com.ecohash.ecolink.relay;

/** The client went away before its request was whole: there is nobody to answer. */
public final class ClientGoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ClientGoneException(Throwable cause) {
    super("the client went away", cause, false, false);
  }
}
