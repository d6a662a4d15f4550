package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.access.audit.AuditEvent;
import com.ecohash.ecolink.access.people.Invitation;
import com.ecohash.ecolink.access.people.Invitations;
import com.ecohash.ecolink.access.people.Proof;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InvitationId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** Invitations in the database. */
public final class JpaInvitations implements Invitations {
  private static final int OPEN_MAX = 500;
  private static final String OPEN = " endedAt is null and expiresAt > :now";

  private final Database database;
  private final Clock clock;

  public JpaInvitations(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Made create(Invitation.Draft draft, KeyHash token, Instant expiresAt, AuditEvent event) {
    Instant now = Times.now(clock);
    return database.transaction(
        entityManager -> {
          // One at a time for each account: two for one address replace each other.
          entityManager.find(
              AccountEntity.class, draft.account().value(), LockModeType.PESSIMISTIC_WRITE);
          if (isMember(entityManager, draft)) {
            return new Made.IsMember();
          }
          List<InvitationEntity> open = open(entityManager, draft.account(), now);
          List<InvitationEntity> replaced =
              open.stream().filter(other -> other.isFor(draft.email())).toList();
          if (open.size() - replaced.size() >= OPEN_MAX) {
            return new Made.TooMany(OPEN_MAX);
          }
          replaced.forEach(other -> other.end(now));
          InvitationEntity made = new InvitationEntity(draft, token, now, Times.stored(expiresAt));
          entityManager.persist(made);
          entityManager.persist(new AuditEntryEntity(event, now));
          return new Made.Invited(made.toInvitation());
        });
  }

  private static boolean isMember(EntityManager entityManager, Invitation.Draft draft) {
    return UserEntity.find(entityManager, draft.email())
        .filter(user -> user.accountId() == draft.account().value())
        .isPresent();
  }

  private static List<InvitationEntity> open(
      EntityManager entityManager, AccountId account, Instant now) {
    return entityManager
        .createQuery(
            "from InvitationEntity where accountId = :account and" + OPEN + " order by id",
            InvitationEntity.class)
        .setParameter("account", account.value())
        .setParameter("now", now)
        .getResultList();
  }

  @Override
  public List<Invitation> list(AccountId account, Optional<InvitationId> after, int limit) {
    return database.transaction(
        entityManager ->
            entityManager
                .createQuery(
                    "from InvitationEntity where accountId = :account and id > :after and"
                        + OPEN
                        + " order by id",
                    InvitationEntity.class)
                .setParameter("account", account.value())
                .setParameter("after", after.map(InvitationId::value).orElse(0L))
                .setParameter("now", Times.now(clock))
                .setMaxResults(limit)
                .getResultStream()
                .map(InvitationEntity::toInvitation)
                .toList());
  }

  @Override
  public boolean revoke(AccountId account, InvitationId invitation, AuditEvent event) {
    Instant now = Times.now(clock);
    return database.transaction(
        entityManager -> {
          Optional<InvitationEntity> open =
              lockOpen(entityManager, invitation, now).filter(found -> found.isOf(account));
          open.ifPresent(
              found -> {
                found.end(now);
                entityManager.persist(new AuditEntryEntity(event, now));
              });
          return open.isPresent();
        });
  }

  private static Optional<InvitationEntity> lockOpen(
      EntityManager entityManager, InvitationId invitation, Instant now) {
    @Nullable InvitationEntity found =
        entityManager.find(
            InvitationEntity.class, invitation.value(), LockModeType.PESSIMISTIC_WRITE);
    return Optional.ofNullable(found).filter(entity -> entity.isOpenAt(now));
  }

  @Override
  public Optional<Invitation> find(KeyHash token) {
    return findBy("sha256", token.hex());
  }

  @Override
  public Optional<Invitation> findFor(String normalizedEmail) {
    return findBy("email", normalizedEmail);
  }

  private Optional<Invitation> findBy(String column, String value) {
    return database.transaction(
        entityManager ->
            entityManager
                .createQuery(
                    "from InvitationEntity where "
                        + column
                        + " = :value and"
                        + OPEN
                        + " order by id desc",
                    InvitationEntity.class)
                .setParameter("value", value)
                .setParameter("now", Times.now(clock))
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(InvitationEntity::toInvitation));
  }

  @Override
  public Accepted accept(InvitationId invitation, Proof proof, AuditEvent event) {
    try {
      return database.transaction(entityManager -> accept(entityManager, invitation, proof, event));
    } catch (ConstraintViolationException e) {
      return new Accepted.AddressTaken(); // at the same moment, by somebody else
    }
  }

  private Accepted accept(
      EntityManager entityManager, InvitationId invitation, Proof proof, AuditEvent event) {
    Instant now = Times.now(clock);
    Optional<InvitationEntity> open = lockOpen(entityManager, invitation, now);
    if (open.isEmpty()) {
      return new Accepted.Gone();
    }
    Invitation.Draft draft = open.get().toInvitation().draft();
    if (UserEntity.find(entityManager, draft.email()).isPresent()) {
      return new Accepted.AddressTaken();
    }
    open.get().end(now);
    UserEntity user = new UserEntity(draft.account(), draft.email(), null, draft.role(), now);
    user.prove(proof);
    entityManager.persist(user);
    entityManager.persist(new AuditEntryEntity(event, now));
    entityManager.flush();
    return new Accepted.Joined(user.toUser());
  }
}
