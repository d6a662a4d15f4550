package com.ecohash.ecolink.relay.upstream;

/** What a container sent is not an HTTP/1.1 answer. Carries no stack: it is no fault of ours. */
final class MalformedAnswer extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedAnswer(String message) {
    super(message, null, false, false);
  }
}
