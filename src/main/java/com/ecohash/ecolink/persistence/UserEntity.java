package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.Role;
import com.ecohash.ecolink.ids.AccountId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code app_user}. */
@Entity
@Table(name = "app_user")
class UserEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  @Column(name = "account_id")
  private long accountId;

  private String email;

  @Column(name = "password_hash")
  private String passwordHash;

  private String role;

  @Column(name = "created_at")
  private Instant createdAt;

  @SuppressWarnings("NullAway.Init")
  UserEntity() {} // for JPA

  UserEntity(AccountId account, String email, String passwordHash, Role role, Instant createdAt) {
    this.accountId = account.value();
    this.email = email;
    this.passwordHash = passwordHash;
    this.role = role.wireName();
    this.createdAt = createdAt;
  }
}
