package com.ecohash.ecolink.access.people;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Counts failed sign-ins, for all nodes together. An attempt is counted before its password is
 * looked at, so that many at once cannot slip through between a look and a count.
 */
public interface SignInGuard {
  /**
   * Counts an attempt against all of these, unless one of them has to wait.
   *
   * @return how long; empty if the attempt may go on, and was counted
   */
  Optional<Duration> begin(List<GuardSubject> subjects);

  /** The attempt that was counted had the right password. */
  void succeeded(List<GuardSubject> subjects);

  /** The attempt that was counted was never decided: it is as if it had not been made. */
  void undecided(List<GuardSubject> subjects);
}
