package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.Role;
import com.ecohash.ecolink.access.audit.Action;
import com.ecohash.ecolink.access.audit.AuditEvent;
import com.ecohash.ecolink.access.people.Proof;
import com.ecohash.ecolink.access.people.ProviderUsers;
import com.ecohash.ecolink.access.people.User;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

/** Users of another provider in the database. */
public final class JpaProviderUsers implements ProviderUsers {
  private static final int NAME_LENGTH_MAX = 100;

  private final Database database;
  private final Clock clock;

  public JpaProviderUsers(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Optional<User> findOrLink(Proof.Provider provider, String normalizedEmail) {
    return database.transaction(
        entityManager ->
            UserEntity.find(entityManager, provider)
                .or(() -> linked(entityManager, provider, normalizedEmail))
                .map(UserEntity::toUser));
  }

  private Optional<UserEntity> linked(
      EntityManager entityManager, Proof.Provider provider, String email) {
    Optional<UserEntity> found =
        UserEntity.lock(entityManager, email).filter(user -> !user.isOtherThan(provider));
    found
        .filter(user -> !user.signsInWith(provider)) // linked at the same moment
        .ifPresent(user -> link(entityManager, user, provider));
    return found;
  }

  private void link(EntityManager entityManager, UserEntity user, Proof.Provider provider) {
    Instant now = Times.now(clock);
    user.prove(provider);
    user.forgetPassword();
    User linked = user.toUser();
    entityManager.persist(
        new AuditEntryEntity(
            new AuditEvent(
                Optional.of(linked.account()),
                linked.email(),
                Action.PROVIDER_LINKED,
                "user " + linked.id(),
                "to " + provider.issuer() + "; the password and all sessions ended"),
            now));
    if (JpaSessions.endAll(entityManager, linked.id(), now)) {
      Database.bumpCatalogVersion(entityManager);
    }
  }

  @Override
  public Optional<User> signUp(Proof.Provider provider, String normalizedEmail) {
    try {
      return database.change(
          entityManager -> {
            if (UserEntity.find(entityManager, normalizedEmail).isPresent()) {
              return Optional.empty();
            }
            Instant now = Times.now(clock);
            String name =
                normalizedEmail.substring(0, Math.min(NAME_LENGTH_MAX, normalizedEmail.length()));
            AccountEntity account = new AccountEntity(name, now);
            entityManager.persist(account);
            UserEntity user = new UserEntity(account.id(), normalizedEmail, null, Role.OWNER, now);
            user.prove(provider);
            entityManager.persist(user);
            entityManager.persist(
                new AuditEntryEntity(
                    new AuditEvent(
                        Optional.of(account.id()),
                        normalizedEmail,
                        Action.ACCOUNT_CREATED,
                        "account " + account.id(),
                        "by " + provider.issuer()),
                    now));
            entityManager.flush();
            return Optional.of(user.toUser());
          });
    } catch (ConstraintViolationException e) {
      return Optional.empty(); // at the same moment, by somebody else
    }
  }
}
