package com.ecohash.ecolink.access.people;

import com.ecohash.ecolink.access.PasswordHasher;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Password hashing of which only so much happens at once, whatever floods in: each costs 19 MiB and
 * tens of milliseconds of a processor. A few wait for their turn; the others are turned away.
 */
public final class BoundedHashing {
  private static final int WAITING_PER_PERMIT = 8;
  private static final Duration WAIT_MAX = Duration.ofSeconds(2);

  private final PasswordHasher hasher;
  private final Semaphore permits;
  private final int waitingMax;
  private final AtomicInteger waiting = new AtomicInteger();

  /** Of nobody's password: what an unknown address is checked against, at the same cost. */
  private final String decoy;

  /**
   * @param atOnce hashes computed at once on this node
   */
  public BoundedHashing(PasswordHasher hasher, int atOnce) {
    this.hasher = hasher;
    this.permits = new Semaphore(atOnce, true);
    this.waitingMax = atOnce * WAITING_PER_PERMIT;
    this.decoy = hasher.hash("nobody's password");
  }

  /** The hash; empty if too much is going on. */
  public Optional<String> hash(String password) {
    return bounded(() -> hasher.hash(password));
  }

  /**
   * Whether it is the password; empty if too much is going on. Takes as long without a hash.
   *
   * @param hash empty where there is no such user, or one without a password
   */
  Optional<Boolean> matches(String password, Optional<String> hash) {
    return bounded(() -> hasher.matches(password, hash.orElse(decoy)) & hash.isPresent());
  }

  private <T> Optional<T> bounded(Supplier<T> work) {
    if (!permitted()) {
      return Optional.empty();
    }
    try {
      return Optional.of(work.get());
    } finally {
      permits.release();
    }
  }

  private boolean permitted() {
    if (waiting.incrementAndGet() > waitingMax) {
      waiting.decrementAndGet();
      return false;
    }
    try {
      return permits.tryAcquire(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting.decrementAndGet();
    }
  }
}
