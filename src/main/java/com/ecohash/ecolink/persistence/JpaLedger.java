package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.Booking;
import com.ecohash.ecolink.billing.Ledger;
import com.ecohash.ecolink.billing.LedgerEntry;
import com.ecohash.ecolink.billing.LedgerFilter;
import com.ecohash.ecolink.billing.LedgerKind;
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
  public List<LedgerEntry> entries(LedgerFilter filter, Optional<Long> before, int limit) {
    Conditions conditions = conditions(filter).and("id < :before", "before", before);
    return database.transaction(
        entityManager ->
            conditions
                .bind(
                    entityManager.createQuery(
                        "from LedgerEntryEntity" + conditions + " order by id desc",
                        LedgerEntryEntity.class))
                .setMaxResults(limit)
                .getResultStream()
                .map(LedgerEntryEntity::toLedgerEntry)
                .toList());
  }

  @Override
  public long count(LedgerFilter filter, int max) {
    Conditions conditions = conditions(filter);
    return database.transaction(
        entityManager ->
            conditions
                .bind(
                    entityManager.createQuery(
                        "select count(*) from (select id as id from LedgerEntryEntity"
                            + conditions
                            + " order by id desc limit "
                            + max
                            + ")",
                        Long.class))
                .getSingleResult());
  }

  private static Conditions conditions(LedgerFilter filter) {
    return new Conditions()
        .and("accountId = :account", "account", filter.account().value())
        .and("bookedAt >= :from", "from", filter.from())
        .and("bookedAt < :to", "to", filter.to())
        .andOneOf("kind", filter.kinds().stream().map(LedgerKind::wireName).sorted().toList());
  }
}
