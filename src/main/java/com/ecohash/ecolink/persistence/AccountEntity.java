package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.Account;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.money.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code account}. */
@Entity
@Table(name = "account")
class AccountEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  private String name;

  @Column(name = "balance_nanos")
  private long balanceNanos;

  @Column(name = "created_at")
  private Instant createdAt;

  @SuppressWarnings("NullAway.Init")
  AccountEntity() {} // for JPA

  AccountEntity(String name, Instant createdAt) {
    this.name = name;
    this.createdAt = createdAt;
  }

  AccountId id() {
    return new AccountId(id);
  }

  Money balance() {
    return new Money(balanceNanos);
  }

  void setBalance(Money balance) {
    balanceNanos = balance.nanoDollars();
  }

  Account toAccount() {
    return new Account(id(), name, createdAt);
  }
}
