package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.access.audit.AuditEvent;
import com.ecohash.ecolink.access.people.Proof;
import com.ecohash.ecolink.access.people.Session;
import com.ecohash.ecolink.access.people.SessionTimes;
import com.ecohash.ecolink.access.people.Sessions;
import com.ecohash.ecolink.ids.UserId;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Sessions in the database. */
public final class JpaSessions implements Sessions {
  private final Database database;
  private final Clock clock;
  private final SessionTimes times;

  public JpaSessions(Database database, Clock clock, SessionTimes times) {
    this.database = database;
    this.clock = clock;
    this.times = times;
  }

  @Override
  public Optional<Session> start(UserId user, Proof proof, KeyHash token, AuditEvent event) {
    Instant now = Times.now(clock);
    return database.transaction(
        entityManager ->
            UserEntity.lock(entityManager, user)
                .filter(
                    entity -> entity.signsInWith(proof)) // may have changed since it was checked
                .map(
                    entity -> {
                      entityManager.persist(new AuditEntryEntity(event, now));
                      entity.signedIn(now);
                      SessionEntity session =
                          new SessionEntity(
                              entity, token, now, Times.stored(now.plus(times.ageMax())));
                      entityManager.persist(session);
                      return session.toSession();
                    }));
  }

  @Override
  public Optional<Session> find(KeyHash token) {
    Instant now = Times.now(clock);
    return database.transaction(
        entityManager ->
            entityManager
                .createQuery(
                    "from SessionEntity s join fetch s.user where s.sha256 = :token"
                        + " and s.expiresAt > :now and s.lastSeenAt > :idleSince",
                    SessionEntity.class)
                .setParameter("token", token.hex())
                .setParameter("now", now)
                .setParameter("idleSince", now.minus(times.idleMax()))
                .getResultList()
                .stream()
                .findFirst()
                .map(found -> seen(entityManager, found, now)));
  }

  /**
   * Written down now and then only: not every look has to be a write. By a statement of its own, as
   * the session may be ended at the same time, by another request.
   */
  private Session seen(EntityManager entityManager, SessionEntity found, Instant now) {
    Session session = found.toSession();
    if (found.lastSeenAt().isBefore(now.minus(times.noteEvery()))) {
      entityManager
          .createQuery("update SessionEntity set lastSeenAt = :now where id = :id")
          .setParameter("now", now)
          .setParameter("id", session.id().value())
          .executeUpdate();
    }
    return session;
  }

  @Override
  public void end(Session session, AuditEvent event) {
    Instant now = Times.now(clock);
    database.transaction(
        entityManager -> {
          // So that no key is issued to the session at the same time.
          UserEntity.lock(entityManager, session.user().id());
          entityManager.persist(new AuditEntryEntity(event, now));
          entityManager
              .createQuery("delete SessionEntity where id = :id")
              .setParameter("id", session.id().value())
              .executeUpdate();
          if (PlaygroundKeyRows.revokeOf(entityManager, session.id(), now)) {
            Database.bumpCatalogVersion(entityManager);
          }
          return session;
        });
  }

  @Override
  public void endAll(UserId user, AuditEvent event) {
    Instant now = Times.now(clock);
    database.transaction(
        entityManager -> {
          UserEntity.lock(entityManager, user);
          entityManager.persist(new AuditEntryEntity(event, now));
          if (endAll(entityManager, user, now)) {
            Database.bumpCatalogVersion(entityManager);
          }
          return user;
        });
  }

  /**
   * Within a transaction that has locked the user's row.
   *
   * @return whether the catalog's version has to be counted up, last
   */
  static boolean endAll(EntityManager entityManager, UserId user, Instant now) {
    entityManager
        .createQuery("delete SessionEntity where user.id = :user")
        .setParameter("user", user.value())
        .executeUpdate();
    return PlaygroundKeyRows.revokeOf(entityManager, user, now);
  }
}
