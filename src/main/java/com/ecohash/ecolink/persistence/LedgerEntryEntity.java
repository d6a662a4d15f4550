package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.billing.Booking;
import com.ecohash.ecolink.billing.LedgerEntry;
import com.ecohash.ecolink.billing.LedgerKind;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.money.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code ledger_entry}; {@link JdbcUsageStore} writes those of exchanges. */
@Entity
@Immutable
@Table(name = "ledger_entry")
class LedgerEntryEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  @Column(name = "account_id")
  private long accountId;

  private String kind;

  @Column(name = "amount_nanos")
  private long amountNanos;

  @Column(name = "balance_after_nanos")
  private long balanceAfterNanos;

  @Column(name = "request_id")
  private @Nullable String requestId;

  @Column(name = "idempotency_key")
  private @Nullable String idempotencyKey;

  private String description;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "booked_at")
  private Instant bookedAt;

  @SuppressWarnings("NullAway.Init")
  LedgerEntryEntity() {} // for JPA

  LedgerEntryEntity(AccountEntity account, Booking booking, Instant now) {
    this.accountId = account.id().value();
    this.kind = booking.kind().wireName();
    this.amountNanos = booking.amount().nanoDollars();
    this.balanceAfterNanos = account.balance().nanoDollars();
    this.idempotencyKey = booking.idempotencyKey().orElse(null);
    this.description = booking.description();
    this.createdAt = now;
    this.bookedAt = now;
  }

  LedgerEntry toLedgerEntry() {
    return new LedgerEntry(
        id,
        new AccountId(accountId),
        LedgerKind.ofWireName(kind),
        new Money(amountNanos),
        new Money(balanceAfterNanos),
        Optional.ofNullable(requestId).map(RequestId::new),
        description,
        createdAt,
        bookedAt);
  }
}
