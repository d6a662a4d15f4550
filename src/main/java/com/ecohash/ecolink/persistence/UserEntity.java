package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.Role;
import com.ecohash.ecolink.access.people.Proof;
import com.ecohash.ecolink.access.people.User;
import com.ecohash.ecolink.access.people.Users;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.UserId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A row of {@code app_user}. */
@Entity
@DynamicUpdate // a change of one thing writes no other
@Table(name = "app_user")
class UserEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  @Column(name = "account_id")
  private long accountId;

  private String email;

  @Column(name = "password_hash")
  private @Nullable String passwordHash;

  private String role;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "last_sign_in_at")
  private @Nullable Instant lastSignInAt;

  @Column(name = "oidc_issuer")
  private @Nullable String oidcIssuer;

  @Column(name = "oidc_subject")
  private @Nullable String oidcSubject;

  @SuppressWarnings("NullAway.Init")
  UserEntity() {} // for JPA

  UserEntity(
      AccountId account,
      String email,
      @Nullable String passwordHash,
      Role role,
      Instant createdAt) {
    this.accountId = account.value();
    this.email = email;
    this.passwordHash = passwordHash;
    this.role = role.wireName();
    this.createdAt = createdAt;
  }

  /**
   * The user as they are now, and for the rest of the transaction: whatever is decided by the row,
   * or by the user's sessions, is decided under its lock. Locked after the account's row and before
   * the catalog's version.
   */
  static Optional<UserEntity> lock(EntityManager entityManager, UserId user) {
    return Optional.ofNullable(
        entityManager.find(UserEntity.class, user.value(), LockModeType.PESSIMISTIC_WRITE));
  }

  /** As above, by the e-mail address. */
  static Optional<UserEntity> lock(EntityManager entityManager, String email) {
    return entityManager
        .createQuery("from UserEntity where email = :email", UserEntity.class)
        .setParameter("email", email)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultStream()
        .findFirst();
  }

  static Optional<UserEntity> find(EntityManager entityManager, String email) {
    return entityManager
        .createQuery("from UserEntity where email = :email", UserEntity.class)
        .setParameter("email", email)
        .getResultStream()
        .findFirst();
  }

  static Optional<UserEntity> find(EntityManager entityManager, Proof.Provider provider) {
    return entityManager
        .createQuery(
            "from UserEntity where oidcIssuer = :issuer and oidcSubject = :subject",
            UserEntity.class)
        .setParameter("issuer", provider.issuer())
        .setParameter("subject", provider.subject())
        .getResultStream()
        .findFirst();
  }

  /** Sets what they sign in with. */
  void prove(Proof proof) {
    if (proof instanceof Proof.PasswordHash password) {
      passwordHash = password.hash();
    } else if (proof instanceof Proof.Provider provider) {
      oidcIssuer = provider.issuer();
      oidcSubject = provider.subject();
    }
  }

  /** Whether they sign in with exactly this. */
  boolean signsInWith(Proof proof) {
    if (proof instanceof Proof.PasswordHash password) {
      return password.hash().equals(passwordHash);
    }
    return proof instanceof Proof.Provider provider
        && provider.issuer().equals(oidcIssuer)
        && provider.subject().equals(oidcSubject);
  }

  /** They sign in elsewhere from now on. */
  void forgetPassword() {
    passwordHash = null;
  }

  /** Whether this issuer knows them by another name than this. */
  boolean isOtherThan(Proof.Provider provider) {
    return provider.issuer().equals(oidcIssuer) && !provider.subject().equals(oidcSubject);
  }

  long id() {
    return id;
  }

  long accountId() {
    return accountId;
  }

  Role role() {
    return Role.ofWireName(role)
        .orElseThrow(() -> new IllegalStateException("the database knows a role we do not"));
  }

  void setRole(Role changed) {
    role = changed.wireName();
  }

  void signedIn(Instant at) {
    lastSignInAt = at;
  }

  User toUser() {
    return new User(
        new UserId(id),
        new AccountId(accountId),
        email,
        role(),
        createdAt,
        Optional.ofNullable(lastSignInAt));
  }

  Users.Credentials toCredentials() {
    return new Users.Credentials(toUser(), Optional.ofNullable(passwordHash));
  }
}
