package com.ecohash.ecolink.relay;

import java.util.Optional;
import java.util.Set;

/**
 * What one kind of request does with its client's header fields, beyond what {@link
 * RequestForwarding} does with those of all.
 *
 * @param contentType what the body is, whatever the client called it; empty for the client's word
 * @param dropped names in lower case
 */
public record FieldPolicy(Optional<String> contentType, Set<String> dropped) {
  /**
   * A request whose body is known to be JSON, and whose answer is read for its units, so that it
   * must come uncompressed. Some engines refuse a browser's {@code Origin}; who may call from where
   * is the gateway's to decide.
   */
  public static final FieldPolicy JSON =
      new FieldPolicy(Optional.of("application/json"), Set.of("accept-encoding", "origin"));

  /** A request whose body is what the client says it is, such as a form; the answer is read too. */
  public static final FieldPolicy AS_NAMED = new FieldPolicy(Optional.empty(), JSON.dropped());

  /** A request that passes as it came: its sender says what it is and what answer it can read. */
  public static final FieldPolicy AS_IT_CAME = new FieldPolicy(Optional.empty(), Set.of());

  public FieldPolicy {
    dropped = Set.copyOf(dropped);
  }

  boolean drops(String lowerName) {
    return dropped.contains(lowerName)
        || (contentType.isPresent() && lowerName.equals("content-type"));
  }
}
