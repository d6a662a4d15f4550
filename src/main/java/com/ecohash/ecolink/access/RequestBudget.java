package com.ecohash.ecolink.access;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;

/** One key's requests on this node; what is left of it survives a change of its size in part. */
final class RequestBudget {
  private final Bucket bucket;
  private volatile int perMinute;

  RequestBudget(int perMinute, TimeMeter time) {
    this.perMinute = perMinute;
    this.bucket =
        Bucket.builder().addLimit(bandwidth(perMinute)).withCustomTimePrecision(time).build();
  }

  ConsumptionProbe take(int perMinuteNow) {
    if (perMinuteNow != perMinute) {
      resize(perMinuteNow);
    }
    return bucket.tryConsumeAndReturnRemaining(1);
  }

  /** A node came or went, or the key got another limit: a half-used budget stays half used. */
  private synchronized void resize(int perMinuteNow) {
    if (perMinuteNow != perMinute) {
      bucket.replaceConfiguration(
          BucketConfiguration.builder().addLimit(bandwidth(perMinuteNow)).build(),
          TokensInheritanceStrategy.PROPORTIONALLY);
      perMinute = perMinuteNow;
    }
  }

  private static Bandwidth bandwidth(int perMinute) {
    return Bandwidth.builder()
        .capacity(perMinute)
        .refillGreedy(perMinute, Duration.ofMinutes(1))
        .build();
  }
}
