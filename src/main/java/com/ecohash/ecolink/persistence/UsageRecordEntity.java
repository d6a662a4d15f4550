package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.metering.Ending;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.ImageSize;
import com.ecohash.ecolink.metering.Units;
import com.ecohash.ecolink.metering.UnitsSource;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.money.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code usage_record}, to be read; {@link JdbcUsageStore} writes them. */
@Entity
@Immutable
@Table(name = "usage_record")
class UsageRecordEntity {
  @Id
  @Column(name = "request_id")
  private String requestId;

  @Column(name = "account_id")
  private long accountId;

  @Column(name = "key_id")
  private @Nullable Long keyId;

  @Column(name = "instance_id")
  private long instanceId;

  private @Nullable String category;
  private String model;
  private boolean streamed;

  @Column(name = "started_at")
  private Instant startedAt;

  private String ending;
  private int status;

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

  @Column(name = "units_source")
  private String unitsSource;

  @Column(name = "cost_nanos")
  private long costNanos;

  private String rates;

  @Column(name = "region_id")
  private @Nullable String regionId;

  private String attempts;

  @Column(name = "first_byte_micros")
  private long firstByteMicros;

  @Column(name = "duration_micros")
  private long durationMicros;

  @Column(name = "image_size")
  private @Nullable String imageSize;

  @SuppressWarnings("NullAway.Init")
  UsageRecordEntity() {} // for JPA

  UsageRecord toUsageRecord() {
    return new UsageRecord(
        start(),
        Ending.ofWireName(ending),
        status,
        new Units(
            inputTokens,
            cachedInputTokens,
            outputTokens,
            reasoningTokens,
            images,
            milliseconds,
            UnitsSource.valueOf(unitsSource.toUpperCase(Locale.ROOT))),
        new Money(costNanos),
        Optional.ofNullable(regionId).map(RegionId::new),
        AttemptsText.read(attempts),
        firstByteMicros,
        durationMicros);
  }

  private ExchangeStart start() {
    return new ExchangeStart(
        new RequestId(requestId),
        startedAt,
        new AccountId(accountId),
        Optional.ofNullable(keyId).map(KeyId::new),
        new InstanceId(instanceId),
        Optional.ofNullable(category).flatMap(Category::ofWireName),
        model,
        streamed,
        Optional.ofNullable(imageSize).flatMap(ImageSize::parse),
        RatesText.read(rates));
  }
}
