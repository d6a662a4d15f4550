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

/**
 * Users in the database. The account's row is locked while its owners may change, and then the row
 * of the user who changes.
 */
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
        entityManager ->
            Optional.ofNullable(entityManager.find(UserEntity.class, user.value()))
                .filter(entity -> entity.accountId() == account.value())
                .map(UserEntity::toUser));
  }

  private static Optional<UserEntity> locked(
      EntityManager entityManager, AccountId account, UserId user) {
    return UserEntity.lock(entityManager, user)
        .filter(entity -> entity.accountId() == account.value());
  }

  @Override
  public Change changeRole(AccountId account, UserId user, Role role, AuditEvent event) {
    return database.transaction(
        entityManager -> {
          entityManager.find(AccountEntity.class, account.value(), LockModeType.PESSIMISTIC_WRITE);
          Optional<UserEntity> entity = locked(entityManager, account, user);
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
          Optional<UserEntity> entity = locked(entityManager, account, user);
          if (entity.isEmpty()) {
            return Change.NOT_FOUND;
          }
          if (isLastOwner(entityManager, entity.get())) {
            return Change.LAST_OWNER;
          }
          entityManager.persist(new AuditEntryEntity(event, Times.now(clock)));
          boolean keysEnded = JpaSessions.endAll(entityManager, user, Times.now(clock));
          entityManager.remove(entity.get());
          if (keysEnded) {
            Database.bumpCatalogVersion(entityManager);
          }
          return Change.DONE;
        });
  }

  private static boolean isLastOwner(EntityManager entityManager, UserEntity user) {
    return user.role() == Role.OWNER
        && all(entityManager, new AccountId(user.accountId())).stream()
            .noneMatch(other -> other.id() != user.id() && other.role() == Role.OWNER);
  }

  @Override
  public boolean changePassword(
      UserId user, Proof.PasswordHash old, Proof.PasswordHash changed, AuditEvent event) {
    return database.transaction(
        entityManager -> {
          Optional<UserEntity> entity =
              UserEntity.lock(entityManager, user).filter(found -> found.signsInWith(old));
          if (entity.isEmpty()) {
            return false;
          }
          entity.get().prove(changed);
          entityManager.persist(new AuditEntryEntity(event, Times.now(clock)));
          if (JpaSessions.endAll(entityManager, user, Times.now(clock))) {
            Database.bumpCatalogVersion(entityManager);
          }
          return true;
        });
  }
}
