package com.ecohash.ecolink.access.people;

import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.ids.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What failed sign-ins are counted against. After some free ones each further failure doubles the
 * time until the next attempt, from a second up to a quarter of an hour; a day without a failure
 * forgives everything.
 *
 * @param key of its row: hashes and addresses only
 * @param freeFailures that cost no time
 * @param clearedBySuccess whether a right password forgives what was counted before; else it only
 *     is not counted itself
 */
public record GuardSubject(String key, int freeFailures, boolean clearedBySuccess) {
  private static final int FREE_FOR_ONE_PERSON = 5;

  /** Many people may sit behind one address. */
  private static final int FREE_FOR_AN_ADDRESS = 50;

  private static final Duration DELAY_MAX = Duration.ofMinutes(15);
  private static final int DOUBLINGS_MAX = 10;

  /** After so long without a failure a count starts anew. */
  public static final Duration MEMORY = Duration.ofHours(24);

  /** Everybody who tries this e-mail address from a browser that is not known. */
  static GuardSubject ofEmail(String normalizedEmail) {
    String hash = KeyHash.of(normalizedEmail.getBytes(StandardCharsets.UTF_8)).hex();
    return new GuardSubject("email:" + hash, FREE_FOR_ONE_PERSON, true);
  }

  /** Everybody who comes from this client address; an attacker's own account must not clear it. */
  static GuardSubject ofAddress(String address) {
    return new GuardSubject("address:" + network(address), FREE_FOR_AN_ADDRESS, false);
  }

  /** One browser in which this user has signed in before. */
  static GuardSubject ofDevice(KeyHash device) {
    return new GuardSubject("device:" + device.hex(), FREE_FOR_ONE_PERSON, true);
  }

  /** Whoever tries old passwords in one user's session. */
  static GuardSubject ofPasswordChange(UserId user) {
    return new GuardSubject("change:" + user, FREE_FOR_ONE_PERSON, true);
  }

  /** An IPv6 client has a whole /64 to itself, and so counts as one. */
  private static String network(String address) {
    String[] groups = address.split(":", -1);
    if (groups.length < 8) {
      return address;
    }
    return String.join(":", groups[0], groups[1], groups[2], groups[3]) + "::/64";
  }

  /** Until when nobody may try again after so many failures, the last of them now. */
  public Optional<Instant> blockedUntil(int failures, Instant now) {
    int counted = failures - freeFailures;
    if (counted <= 0) {
      return Optional.empty();
    }
    Duration delay = Duration.ofSeconds(1L << Math.min(counted - 1, DOUBLINGS_MAX));
    return Optional.of(now.plus(delay.compareTo(DELAY_MAX) < 0 ? delay : DELAY_MAX));
  }
}
