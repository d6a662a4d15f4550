package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.access.people.Session;
import com.ecohash.ecolink.ids.SessionId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code user_session}. */
@Entity
@Table(name = "user_session")
class SessionEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "user_id")
  private UserEntity user;

  private String sha256;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "last_seen_at")
  private Instant lastSeenAt;

  @Column(name = "expires_at")
  private Instant expiresAt;

  @SuppressWarnings("NullAway.Init")
  SessionEntity() {} // for JPA

  SessionEntity(UserEntity user, KeyHash token, Instant createdAt, Instant expiresAt) {
    this.user = user;
    this.sha256 = token.hex();
    this.createdAt = createdAt;
    this.lastSeenAt = createdAt;
    this.expiresAt = expiresAt;
  }

  Instant lastSeenAt() {
    return lastSeenAt;
  }

  void seen(Instant at) {
    lastSeenAt = at;
  }

  Session toSession() {
    return new Session(new SessionId(id), user.toUser(), expiresAt);
  }
}
