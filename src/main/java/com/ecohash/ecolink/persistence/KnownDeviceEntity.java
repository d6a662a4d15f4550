package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.access.KeyHash;
import com.ecohash.ecolink.ids.UserId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code known_device}. */
@Entity
@Table(name = "known_device")
class KnownDeviceEntity {
  @Id private String sha256;

  @Column(name = "user_id")
  private long userId;

  @Column(name = "seen_at")
  private Instant seenAt;

  @SuppressWarnings("NullAway.Init")
  KnownDeviceEntity() {} // for JPA

  KnownDeviceEntity(KeyHash device, UserId user, Instant seenAt) {
    this.sha256 = device.hex();
    this.userId = user.value();
    this.seenAt = seenAt;
  }

  boolean isOf(UserId user) {
    return userId == user.value();
  }

  Instant seenAt() {
    return seenAt;
  }
}
