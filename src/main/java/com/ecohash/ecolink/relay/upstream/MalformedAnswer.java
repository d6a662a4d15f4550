package com.ecohash.ecolink.relay.upstream;

/** What a container sent is not an HTTP/1.1 answer. Carries no stack: it is no fault of ours. */
final class MalformedAnswer extends Exception {
  private static final long serialVersionUID = 1L;

  private final Failure failure;

  MalformedAnswer(String message) {
    this(message, Failure.MALFORMED);
  }

  private MalformedAnswer(String message, Failure failure) {
    super(message, null, false, false);
    this.failure = failure;
  }

  static MalformedAnswer headTooLarge(int bytesMax) {
    return new MalformedAnswer(
        "a head of more than " + bytesMax + " bytes", Failure.HEAD_TOO_LARGE);
  }

  /** What this is, as long as the answer's head is not whole. */
  Failure failure() {
    return failure;
  }
}
