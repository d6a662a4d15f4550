package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.access.Role;
import com.ecohash.ecolink.access.people.Invitation;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InvitationId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code invitation}. */
@Entity
@Table(name = "invitation")
class InvitationEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  @Column(name = "account_id")
  private long accountId;

  private String email;
  private String role;
  private String sha256;

  @Column(name = "invited_by")
  private String invitedBy;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "expires_at")
  private Instant expiresAt;

  @Column(name = "ended_at")
  private @Nullable Instant endedAt;

  @SuppressWarnings("NullAway.Init")
  InvitationEntity() {} // for JPA

  InvitationEntity(Invitation.Draft draft, KeyHash token, Instant createdAt, Instant expiresAt) {
    this.accountId = draft.account().value();
    this.email = draft.email();
    this.role = draft.role().wireName();
    this.sha256 = token.hex();
    this.invitedBy = draft.invitedBy();
    this.createdAt = createdAt;
    this.expiresAt = expiresAt;
  }

  void end(Instant at) {
    if (endedAt == null) {
      endedAt = at;
    }
  }

  boolean isFor(String address) {
    return email.equals(address);
  }

  boolean isOf(AccountId account) {
    return accountId == account.value();
  }

  boolean isOpenAt(Instant now) {
    return endedAt == null && expiresAt.isAfter(now);
  }

  Invitation toInvitation() {
    return new Invitation(
        new InvitationId(id),
        new Invitation.Draft(
            new AccountId(accountId),
            email,
            Role.ofWireName(role)
                .orElseThrow(
                    () -> new IllegalStateException("the database knows a role we do not")),
            invitedBy),
        createdAt,
        expiresAt);
  }
}
