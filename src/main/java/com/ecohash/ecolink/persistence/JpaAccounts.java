package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.Account;
import com.ecohash.ecolink.access.Accounts;
import com.ecohash.ecolink.access.NewAccount;
import com.ecohash.ecolink.access.Role;
import com.ecohash.ecolink.ids.AccountId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

/** Accounts in the database. */
public final class JpaAccounts implements Accounts {
  private final Database database;
  private final Clock clock;

  public JpaAccounts(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Optional<Account> create(NewAccount account) {
    Instant now = Times.now(clock);
    if (hasUser(account.ownerEmail())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          database.change(
              entityManager -> {
                AccountEntity entity = new AccountEntity(account.name(), now);
                entityManager.persist(entity);
                entityManager.persist(
                    new UserEntity(
                        entity.id(),
                        account.ownerEmail(),
                        account.ownerPasswordHash(),
                        Role.OWNER,
                        now));
                return entity.toAccount();
              }));
    } catch (ConstraintViolationException e) {
      return Optional.empty(); // the e-mail address is the only constraint an account can break
    }
  }

  /** Asked first, because the driver's complaint about the constraint goes to the log. */
  private boolean hasUser(String email) {
    return database.transaction(
        entityManager ->
            entityManager
                    .createQuery("select count(*) from UserEntity where email = :email", Long.class)
                    .setParameter("email", email)
                    .getSingleResult()
                > 0);
  }

  @Override
  public Optional<Account> find(AccountId id) {
    return database.transaction(
        entityManager ->
            Optional.ofNullable(entityManager.find(AccountEntity.class, id.value()))
                .map(AccountEntity::toAccount));
  }

  @Override
  public List<Account> list(Optional<AccountId> after, int limit) {
    return database.transaction(
        entityManager ->
            entityManager
                .createQuery(
                    "from AccountEntity where id > :after order by id", AccountEntity.class)
                .setParameter("after", after.map(AccountId::value).orElse(0L))
                .setMaxResults(limit)
                .getResultStream()
                .map(AccountEntity::toAccount)
                .toList());
  }
}
