package com.ecohash.ecolink.video;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.ids.RequestId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.metering.JobState;
import com.ecohash.ecolink.metering.UnitsSource;
import com.ecohash.ecolink.metering.VideoAnswer;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import com.ecohash.ecolink.money.Rates;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Jobs for tests, told apart by a number: four seconds were asked for, at five cents each. */
final class TestingJobs {
  static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456Z");

  private TestingJobs() {}

  static VideoJob job(long number, String containerId) {
    return new VideoJob(
        new ExchangeStart(
            new RequestId(String.format(Locale.ROOT, "req_%026d", number)),
            NOON,
            new AccountId(1),
            Optional.of(new KeyId(3)),
            new InstanceId(142),
            Optional.of(Category.VIDEO),
            "my-video:142",
            false,
            new Rates(Map.of(PricedUnit.SECONDS, Money.parse("0.05")))),
        new ReplicaId(9),
        new RegionId("us-west"),
        containerId,
        containerId,
        Optional.of(Duration.ofSeconds(4)));
  }

  static VideoAnswer completed(long seconds) {
    return new VideoAnswer(
        Optional.empty(),
        JobState.COMPLETED,
        Optional.of(Duration.ofSeconds(seconds)),
        UnitsSource.REPORTED);
  }

  /** It does not say how long the video is. */
  static VideoAnswer completed() {
    return new VideoAnswer(
        Optional.empty(), JobState.COMPLETED, Optional.empty(), UnitsSource.REPORTED);
  }

  static VideoAnswer failed() {
    return new VideoAnswer(
        Optional.empty(), JobState.FAILED, Optional.empty(), UnitsSource.REPORTED);
  }
}
