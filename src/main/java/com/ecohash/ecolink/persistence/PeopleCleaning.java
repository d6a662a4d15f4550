package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.people.GuardSubject;
import com.ecohash.ecolink.access.people.KnownDevices;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes rows that nobody asks for any more: sessions that ended, counts and devices that are
 * forgotten, invitations long past. Every node does it now and then; it never matters when.
 */
public final class PeopleCleaning implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(PeopleCleaning.class);
  private static final Duration INVITATIONS_KEPT = Duration.ofDays(30);

  /** One kind of row, and before which time it may go. */
  private record Stale(String condition, Instant before) {}

  private final Database database;
  private final Clock clock;
  private final Duration sessionIdleMax;

  public PeopleCleaning(Database database, Clock clock, Duration sessionIdleMax) {
    this.database = database;
    this.clock = clock;
    this.sessionIdleMax = sessionIdleMax;
  }

  @Override
  public void run() {
    Instant now = Times.now(clock);
    List<Stale> all =
        List.of(
            new Stale("SessionEntity where expiresAt < :before", now),
            new Stale("SessionEntity where lastSeenAt < :before", now.minus(sessionIdleMax)),
            new Stale("SignInGuardEntity where lastAt < :before", now.minus(GuardSubject.MEMORY)),
            new Stale("KnownDeviceEntity where seenAt < :before", now.minus(KnownDevices.KEPT)),
            new Stale("InvitationEntity where expiresAt < :before", now.minus(INVITATIONS_KEPT)));
    for (Stale stale : all) {
      try {
        database.transaction(entityManager -> remove(entityManager, stale));
      } catch (RuntimeException e) { // away, or another node cleans the same: there is a next time
        LOG.info("Old rows were not removed this time: {}", e.getMessage());
      }
    }
  }

  private static int remove(EntityManager entityManager, Stale stale) {
    return entityManager
        .createQuery("delete " + stale.condition())
        .setParameter("before", stale.before())
        .executeUpdate();
  }
}
