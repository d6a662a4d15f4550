package com.ecohash.ecolink.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import org.hibernate.annotations.Immutable;

/**
 * A row of {@code usage_rollup}: summed in queries, never read one by one; written by {@link
 * JdbcUsageStore}.
 */
@Entity
@Immutable
@Table(name = "usage_rollup")
class UsageRollupEntity {

  @Embeddable
  record Id(
      @Column(name = "account_id") long accountId,
      @Column(name = "hour_start") Instant hourStart,
      @Column(name = "instance_id") long instanceId,
      @Column(name = "key_id") long keyId)
      implements Serializable {}

  @EmbeddedId private Id id;

  @Column(name = "day_utc")
  private LocalDate dayUtc;

  private long requests;
  private long errors;

  @Column(name = "input_tokens")
  private long inputTokens;

  @Column(name = "cached_input_tokens")
  private long cachedInputTokens;

  @Column(name = "output_tokens")
  private long outputTokens;

  @Column(name = "reasoning_tokens")
  private long reasoningTokens;

  private long images;
  private long milliseconds;

  @Column(name = "cost_nanos")
  private long costNanos;

  @SuppressWarnings("NullAway.Init")
  UsageRollupEntity() {} // for JPA
}
