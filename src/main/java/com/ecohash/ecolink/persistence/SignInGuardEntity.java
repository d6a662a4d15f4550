package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.people.GuardSubject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code sign_in_guard}. */
@Entity
@Table(name = "sign_in_guard")
class SignInGuardEntity {
  @Id private String subject;

  private int failures;

  @Column(name = "last_at")
  private Instant lastAt;

  @Column(name = "blocked_until")
  private @Nullable Instant blockedUntil;

  @SuppressWarnings("NullAway.Init")
  SignInGuardEntity() {} // for JPA

  SignInGuardEntity(String subject, Instant now) {
    this.subject = subject;
    this.lastAt = now;
  }

  Duration waitAt(Instant now) {
    return blockedUntil == null || !blockedUntil.isAfter(now)
        ? Duration.ZERO
        : Duration.between(now, blockedUntil);
  }

  void count(GuardSubject rules, Instant now) {
    failures = lastAt.isBefore(now.minus(GuardSubject.MEMORY)) ? 1 : failures + 1;
    lastAt = now;
    blockedUntil = rules.blockedUntil(failures, now).map(Times::stored).orElse(null);
  }

  void uncount() {
    failures = Math.max(0, failures - 1);
    blockedUntil = null;
  }

  void clear() {
    failures = 0;
    blockedUntil = null;
  }
}
