package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.relay.upstream.Failure;
import java.util.Optional;

/** How the relaying of one exchange ended. */
public sealed interface Outcome {
  /** The client has the container's answer whole, whatever its status. */
  record Answered(int status) implements Outcome {}

  /**
   * The client holds part of an answer that the container did not end, or a stream in which the
   * container reported its own failure.
   *
   * @param failure empty if the container reported it
   */
  record Truncated(int status, Optional<Failure> failure) implements Outcome {}

  /**
   * The client went away.
   *
   * @param status of the answer that had begun, 0 if none had
   * @param asked whether the replica that was being attempted had anything of the request
   */
  record ClientGone(int status, boolean asked) implements Outcome {}

  /**
   * No byte of a container's answer reached the client: it got our own words.
   *
   * @param failure of the last attempt; empty if there was no replica to attempt
   */
  record Unsent(int status, Optional<Failure> failure) implements Outcome {}

  /** Of the answer that the client got, or began to get; 0 if it left before one. */
  int status();
}
