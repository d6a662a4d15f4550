package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.relay.upstream.Failure;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of a container's answer.
 *
 * @param status 0 if no head came
 * @param pieces when how much of the body had come
 * @param nanos from the sending to the end
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record Observed(
    int status,
    Optional<String> contentType,
    byte[] body,
    List<Piece> pieces,
    long nanos,
    End end,
    Optional<Failure> failure) {
  /**
   * A piece of the body, as the network delivered it.
   *
   * @param bytes of the body that had come by then, this piece included
   * @param nanos since the request was sent
   */
  public record Piece(int bytes, long nanos) {}

  /** How it ended. */
  public enum End {
    WHOLE,
    /** Whoever watched had seen enough. */
    LEFT,
    /** It was longer than what is looked at. */
    TOO_LONG,
    FAILED
  }

  public Observed {
    pieces = List.copyOf(pieces);
  }
}
