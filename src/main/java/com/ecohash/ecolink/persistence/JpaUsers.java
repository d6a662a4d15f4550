package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.Role;
import com.ecohash.ecolink.access.audit.AuditEvent;
import com.ecohash.ecolink.access.people.Proof;
import com.ecohash.ecolink.access.people.User;
import com.ecohash.ecolink.access.people.Users;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.UserId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users in the database. The account's row is locked while its owners may change. */
public final class JpaUsers implements Users {
  private final Database database;
  private final Clock clock;

  public JpaUsers(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Optional<Credentials> credentials(String email) {
    return database.transaction(
        entityManager -> UserEntity.find(entityManager, email).map(UserEntity::toCredentials));
  }

  @Override
  public List<User> list(AccountId account, Optional<UserId> after, int limit) {
    return database.transaction(
        entityManager ->
            entityManager
                .createQuery(
                    "from UserEntity where accountId = :account and id > :after order by id",
                    UserEntity.class)
                .setParameter("account", account.value())
                .setParameter("after", after.map(UserId::value).orElse(0L))
                .setMaxResults(limit)
                .getResultStream()
                .map(UserEntity::toUser)
                .toList());
  }

  private static List<UserEntity> all(EntityManager entityManager, AccountId account) {
    return entityManager
        .createQuery("from UserEntity where accountId = :account order by id", UserEntity.class)
        .setParameter("account", account.value())
        .getResultList();
  }

  @Override
  public Optional<User> find(AccountId account, UserId user) {
    return database.transaction(
        entityManager -> found(entityManager, account, user).map(UserEntity::toUser));
  }

  private static Optional<UserEntity> found(
      EntityManager entityManager, AccountId account, UserId user) {
    return Optional.ofNullable(entityManager.find(UserEntity.class, user.value()))
        .filter(entity -> entity.accountId() == account.value());
  }

  @Override
  public Change changeRole(AccountId account, UserId user, Role role, AuditEvent event) {
    return database.transaction(
        entityManager -> {
          entityManager.find(AccountEntity.class, account.value(), LockModeType.PESSIMISTIC_WRITE);
          Optional<UserEntity> entity = found(entityManager, account, user);
          if (entity.isEmpty()) {
            return Change.NOT_FOUND;
          }
          if (entity.get().role() == role) {
            return Change.DONE;
          }
          if (role != Role.OWNER && isLastOwner(entityManager, entity.get())) {
            return Change.LAST_OWNER;
          }
          entity.get().setRole(role);
          entityManager.persist(new AuditEntryEntity(event, Times.now(clock)));
          return Change.DONE;
        });
  }

  @Override
  public Change remove(AccountId account, UserId user, AuditEvent event) {
    return database.transaction(
        entityManager -> {
          entityManager.find(AccountEntity.class, account.value(), LockModeType.PESSIMISTIC_WRITE);
          Optional<UserEntity> entity = found(entityManager, account, user);
          if (entity.isEmpty()) {
            return Change.NOT_FOUND;
          }
          if (isLastOwner(entityManager, entity.get())) {
            return Change.LAST_OWNER;
          }
          entityManager.persist(new AuditEntryEntity(event, Times.now(clock)));
          JpaSessions.endAll(entityManager, user, Times.now(clock));
          entityManager.remove(entity.get());
          return Change.DONE;
        });
  }

  private static boolean isLastOwner(EntityManager entityManager, UserEntity user) {
    return user.role() == Role.OWNER
        && all(entityManager, new AccountId(user.accountId())).stream()
            .noneMatch(other -> other.id() != user.id() && other.role() == Role.OWNER);
  }

  @Override
  public void changePassword(UserId user, String passwordHash, AuditEvent event) {
    database.transaction(
        entityManager -> {
          @Nullable UserEntity entity = entityManager.find(UserEntity.class, user.value());
          if (entity != null) {
            entity.prove(new Proof.PasswordHash(passwordHash));
            entityManager.persist(new AuditEntryEntity(event, Times.now(clock)));
            JpaSessions.endAll(entityManager, user, Times.now(clock));
          }
          return user;
        });
  }
}
