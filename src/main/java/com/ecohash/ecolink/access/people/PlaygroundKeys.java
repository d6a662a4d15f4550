package com.ecohash.ecolink.access.people;

import com.ecohash.ecolink.access.KeyHash;
import java.time.Instant;

/**
 * Short-lived keys with which a signed-in browser calls the data plane, so that what it does is
 * metered like everything else. They end with their session; a row is used again for the same
 * person's next key, so that they do not pile up.
 */
public interface PlaygroundKeys {
  /**
   * Puts a key in force.
   *
   * @param prefix its first characters
   * @param expiresAt not after the session's end
   * @return whether the session is still there; without it there is no key
   */
  boolean issue(Session session, KeyHash key, String prefix, Instant expiresAt);
}
