package com.ecohash.ecolink.persistence;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.video.VideoJob;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of {@code video_job}. */
@Entity
@Table(name = "video_job")
class VideoJobEntity {
  @Id
  @Column(name = "usage_id")
  private String usageId;

  @Column(name = "account_id")
  private long accountId;

  @Column(name = "public_id")
  private String publicId;

  @Column(name = "container_id")
  private String containerId;

  @Column(name = "key_id")
  private @Nullable Long keyId;

  @Column(name = "instance_id")
  private long instanceId;

  @Column(name = "replica_id")
  private long replicaId;

  @Column(name = "region_id")
  private String regionId;

  private String model;

  @Column(name = "started_at")
  private Instant startedAt;

  private String rates;

  @Column(name = "asked_milliseconds")
  private @Nullable Long askedMilliseconds;

  @Column(name = "next_poll_at")
  private @Nullable Instant nextPollAt;

  @Column(name = "ended_at")
  private @Nullable Instant endedAt;

  @SuppressWarnings("NullAway.Init")
  VideoJobEntity() {} // for JPA

  VideoJobEntity(VideoJob job, Instant now) {
    ExchangeStart usage = job.usage();
    this.usageId = usage.id().value();
    this.accountId = usage.account().value();
    this.publicId = job.publicId();
    this.containerId = job.containerId();
    this.keyId = usage.key().map(KeyId::value).orElse(null);
    this.instanceId = usage.instance().value();
    this.replicaId = job.replica().value();
    this.regionId = job.region().value();
    this.model = UsageRecordRows.storedModel(usage.model());
    this.startedAt = Times.stored(usage.startedAt());
    this.rates = RatesText.write(usage.rates());
    this.askedMilliseconds = job.asked().map(Duration::toMillis).orElse(null);
    this.nextPollAt = now;
  }

  boolean isCalled(String name) {
    return publicId.equals(name);
  }

  VideoJob toJob() {
    return new VideoJob(
        new ExchangeStart(
            new RequestId(usageId),
            startedAt,
            new AccountId(accountId),
            Optional.ofNullable(keyId).map(KeyId::new),
            new InstanceId(instanceId),
            Optional.of(Category.VIDEO),
            model,
            false,
            RatesText.read(rates)),
        new ReplicaId(replicaId),
        new RegionId(regionId),
        containerId,
        publicId,
        Optional.ofNullable(askedMilliseconds).map(Duration::ofMillis));
  }
}
