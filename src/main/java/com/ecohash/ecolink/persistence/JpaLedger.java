package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.Ledger;
import com.ecohash.ecolink.billing.LedgerEntry;
import com.ecohash.ecolink.billing.LedgerKind;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.money.Money;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ledger in the database. The account's row is locked while an entry is chained on. */
public final class JpaLedger implements Ledger {
  private final Database database;
  private final Clock clock;

  public JpaLedger(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Optional<LedgerEntry> post(
      AccountId account, LedgerKind kind, Money amount, String description) {
    if (amount.isZero()) {
      throw new IllegalArgumentException("an entry of nothing is none");
    }
    return database.change(
        entityManager -> {
          @Nullable AccountEntity entity =
              entityManager.find(
                  AccountEntity.class, account.value(), LockModeType.PESSIMISTIC_WRITE);
          if (entity == null) {
            return Optional.empty();
          }
          entity.setBalance(entity.balance().plus(amount));
          LedgerEntryEntity entry =
              new LedgerEntryEntity(entity, kind, amount, description, Times.now(clock));
          entityManager.persist(entry);
          return Optional.of(entry.toLedgerEntry());
        });
  }

  @Override
  public Money balance(AccountId account) {
    return database.transaction(
        entityManager ->
            Optional.ofNullable(entityManager.find(AccountEntity.class, account.value()))
                .map(AccountEntity::balance)
                .orElse(Money.ZERO));
  }

  @Override
  public List<LedgerEntry> entries(AccountId account, Optional<Long> before, int limit) {
    return database.transaction(
        entityManager ->
            entityManager
                .createQuery(
                    "from LedgerEntryEntity where accountId = :account and id < :before"
                        + " order by id desc",
                    LedgerEntryEntity.class)
                .setParameter("account", account.value())
                .setParameter("before", before.orElse(Long.MAX_VALUE))
                .setMaxResults(limit)
                .getResultStream()
                .map(LedgerEntryEntity::toLedgerEntry)
                .toList());
  }
}
