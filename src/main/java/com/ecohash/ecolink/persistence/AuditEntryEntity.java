package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.audit.AuditEntry;
import com.ecohash.ecolink.access.audit.AuditEvent;
import com.ecohash.ecolink.ids.AccountId;
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

/** A row of {@code audit_entry}. Written once. */
@Entity
@Immutable
@Table(name = "audit_entry")
class AuditEntryEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  @Column(name = "account_id")
  private @Nullable Long accountId;

  @Column(name = "happened_at")
  private Instant happenedAt;

  private String actor;
  private String action;
  private String subject;
  private String detail;

  @SuppressWarnings("NullAway.Init")
  AuditEntryEntity() {} // for JPA

  AuditEntryEntity(AuditEvent event, Instant happenedAt) {
    this.accountId = event.account().map(AccountId::value).orElse(null);
    this.happenedAt = happenedAt;
    this.actor = event.actor();
    this.action = event.action().wireName();
    this.subject = event.subject();
    this.detail = event.detail();
  }

  AuditEntry toAuditEntry() {
    return new AuditEntry(
        id,
        happenedAt,
        Optional.ofNullable(accountId).map(AccountId::new),
        actor,
        action,
        subject,
        detail);
  }
}
