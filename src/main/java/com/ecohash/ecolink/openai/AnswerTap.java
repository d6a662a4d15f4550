package com.ecohash.ecolink.openai;

import org.jspecify.annotations.Nullable;

/**
 * Sees an answer as it passes, may take events out of it, and counts what it must. One exchange has
 * one; it is used by one thread at a time and never blocks.
 */
public interface AnswerTap {
  /** Takes the bytes that may go on to the client. */
  interface Sink {
    /** The array is the caller's; it is reused once the call into the tap returns. */
    void accept(byte[] bytes, int offset, int length);
  }

  /** An answer begins. After a failover another one does: what was seen before is forgotten. */
  void begin(int status, @Nullable String contentType);

  void feed(byte[] bytes, int offset, int length, Sink out);

  /** The answer is whole: what was held back goes on. */
  void end(Sink out);

  /**
   * The answer broke off: what was held back is not passed on.
   *
   * @return whether what has passed ends with a whole event
   */
  boolean brokenOff();

  /**
   * Whether what has passed ends with a whole event, so that something of the gateway's may stand
   * here. A tap that does not know says no, and nothing is added.
   */
  default boolean isBetweenEvents() {
    return false;
  }

  /**
   * Whether, should it end here, the answer shows by itself that it is not whole: within an event,
   * or without any sign of an end where its kind has one. Asked before {@link #end}.
   */
  boolean isUnfinished();

  /**
   * Whether nothing has passed yet but what no reader of a stream gets to see, so that its first
   * event may still be an error.
   */
  boolean isUndecided();

  /** Whether the first event of a stream is an error, so that another region should be asked. */
  boolean beginsWithError();

  /** Whether an event of the stream reported that the container has failed. */
  boolean reportedError();
}
