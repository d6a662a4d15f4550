package com.ecohash.ecolink.relay;

import java.util.Optional;

/** Hears how one attempt goes; as {@link ExchangeFollower}, quick and never waiting. */
public interface AttemptFollower {
  /** Follows nothing. */
  AttemptFollower NONE =
      new AttemptFollower() {
        @Override
        public Optional<String> traceparent() {
          return Optional.empty();
        }

        @Override
        public void ended(Attempted how) {
          // nobody wants to know
        }
      };

  /**
   * What the container is told in {@code traceparent} (W3C Trace Context) instead of the client's
   * word; empty to pass that on.
   */
  Optional<String> traceparent();

  void ended(Attempted how);
}
