package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.routing.Lease;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Hears how the relaying of one exchange goes. Called by one thread at a time, mostly under the
 * exchange's lock: it must be quick and never wait, and nothing here depends on what it does.
 */
public interface ExchangeFollower {
  /** The first replica is about to be chosen. */
  void routing();

  /** An attempt at a replica begins. */
  AttemptFollower attempt(Lease lease);

  /**
   * The head of a container's answer is about to go to the client: the last moment for fields of
   * our own.
   *
   * @param connectNanos that the attempt which answered took to connect; 0 on a pooled connection
   * @param firstByteNanos from the request's leaving to the answer's first byte, in that attempt
   */
  void answering(HttpServletResponse response, long connectNanos, long firstByteNanos);

  /**
   * The same where every attempt failed: a failed one's answer that was kept goes to the client, or
   * the gateway's own words.
   */
  void answeringAfterFailure(HttpServletResponse response);
}
