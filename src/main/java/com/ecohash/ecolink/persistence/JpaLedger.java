package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.Booking;
import com.ecohash.ecolink.billing.Ledger;
import com.ecohash.ecolink.billing.LedgerEntry;
import com.ecohash.ecolink.billing.Posting;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.money.Money;
import jakarta.persistence.EntityManager;
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
  public Posting post(Booking booking) {
    return database.change(
        entityManager -> {
          @Nullable AccountEntity account =
              entityManager.find(
                  AccountEntity.class, booking.account().value(), LockModeType.PESSIMISTIC_WRITE);
          return account == null
              ? new Posting.NoSuchAccount()
              : bookedBefore(entityManager, booking)
                  .orElseGet(() -> book(entityManager, account, booking));
        });
  }

  /** Looked for under the account's lock: of two requests at once, the second finds the first. */
  private static Optional<Posting> bookedBefore(EntityManager entityManager, Booking booking) {
    return booking
        .idempotencyKey()
        .flatMap(
            key ->
                entityManager
                    .createQuery(
                        "from LedgerEntryEntity"
                            + " where accountId = :account and idempotencyKey = :key",
                        LedgerEntryEntity.class)
                    .setParameter("account", booking.account().value())
                    .setParameter("key", key)
                    .getResultStream()
                    .findFirst())
        .map(LedgerEntryEntity::toLedgerEntry)
        .map(
            entry ->
                booking.isBookedAs(entry) ? new Posting.Repeated(entry) : new Posting.KeyTaken());
  }

  private Posting book(EntityManager entityManager, AccountEntity account, Booking booking) {
    account.setBalance(account.balance().plus(booking.amount()));
    LedgerEntryEntity entry = new LedgerEntryEntity(account, booking, Times.now(clock));
    entityManager.persist(entry);
    return new Posting.Booked(entry.toLedgerEntry());
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

  @Override
  public long count(AccountId account, long max) {
    return database.transaction(
        entityManager ->
            ((Number)
                    entityManager
                        .createNativeQuery(
                            "select count(*) from (select 1 from ledger_entry"
                                + " where account_id = :account fetch first "
                                + max
                                + " rows only) counted")
                        .setParameter("account", account.value())
                        .getSingleResult())
                .longValue());
  }
}
