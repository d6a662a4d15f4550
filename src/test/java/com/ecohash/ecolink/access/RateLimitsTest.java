package com.ecohash.ecolink.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.KeyId;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final AtomicLong nanos = new AtomicLong(-5 * SECOND);
  private final AtomicInteger nodes = new AtomicInteger(1);
  private final RateLimits limits = limits(1_000);

  private RateLimits limits(int keysMax) {
    return new RateLimits(
        60,
        keysMax,
        nodes::get,
        new TimeMeter() {
          @Override
          public long currentTimeNanos() {
            return nanos.get();
          }

          @Override
          public boolean isWallClockBased() {
            return false;
          }
        });
  }

  private static ApiKey key(int id, Optional<Integer> limit) {
    return new ApiKey(
        new KeyId(id),
        new AccountId(1),
        "test",
        Set.of(Scope.INFERENCE),
        Optional.empty(),
        limit,
        Optional.empty());
  }

  private static final ApiKey ORDINARY = key(1, Optional.empty());

  private int grantedOf(ApiKey key, int requests) {
    int granted = 0;
    for (int i = 0; i < requests; i++) {
      granted += limits.take(key).granted() ? 1 : 0;
    }
    return granted;
  }

  @Test
  void grantsAMinutesRequestsAtOnceAndNoMore() {
    assertThat(grantedOf(ORDINARY, 100)).isEqualTo(60);
  }

  @Test
  void saysWhatIsLeftAndWhenItIsThereAgain() {
    RateLimits.Taken first = limits.take(ORDINARY);
    assertThat(first.limit()).isEqualTo(60);
    assertThat(first.remaining()).isEqualTo(59);
    assertThat(first.nanosToReset()).isEqualTo(SECOND);
    assertThat(first.nanosToRetry()).isZero();

    grantedOf(ORDINARY, 59);
    RateLimits.Taken refused = limits.take(ORDINARY);
    assertThat(refused.granted()).isFalse();
    assertThat(refused.remaining()).isZero();
    assertThat(refused.nanosToRetry()).isEqualTo(SECOND);
    assertThat(refused.nanosToReset()).isEqualTo(60 * SECOND);
  }

  @Test
  void refillsEvenly() {
    grantedOf(ORDINARY, 60);
    nanos.addAndGet(10 * SECOND);
    assertThat(grantedOf(ORDINARY, 100)).isEqualTo(10);
    nanos.addAndGet(3_600 * SECOND);
    assertThat(grantedOf(ORDINARY, 100)).isEqualTo(60);
  }

  @Test
  void preferAKeysOwnLimit() {
    assertThat(grantedOf(key(2, Optional.of(3)), 100)).isEqualTo(3);
    assertThat(grantedOf(key(3, Optional.of(1_000_000)), 1_000)).isEqualTo(1_000);
  }

  @Test
  void keysDoNotShareABudget() {
    grantedOf(ORDINARY, 100);
    assertThat(grantedOf(key(2, Optional.empty()), 100)).isEqualTo(60);
  }

  @Test
  void grantANodesShare() {
    nodes.set(3);
    assertThat(grantedOf(ORDINARY, 100)).isEqualTo(20);
    assertThat(grantedOf(key(2, Optional.of(2)), 100)).isEqualTo(1);
  }

  @Test
  void sayWhatIsLeftOnAllNodes() {
    nodes.set(2);
    RateLimits.Taken first = limits.take(ORDINARY);
    assertThat(first.limit()).isEqualTo(60);
    assertThat(first.remaining()).isEqualTo(58);
  }

  @Test
  void keepAHalfUsedBudgetHalfUsedWhenANodeComes() {
    assertThat(grantedOf(ORDINARY, 30)).isEqualTo(30);
    nodes.set(2);
    assertThat(grantedOf(ORDINARY, 100)).isEqualTo(15);
  }

  @Test
  void forgetTheLongestUnusedKeysBeyondTheirNumber() {
    RateLimits few = limits(10);
    for (int i = 1; i <= 10_000; i++) {
      assertThat(few.take(key(i, Optional.empty())).granted()).isTrue();
    }
  }

  @Test
  void countEachRequestOfManyThreadsOnce() throws InterruptedException {
    AtomicInteger granted = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 4; i++) {
      threads.execute(() -> granted.addAndGet(grantedOf(ORDINARY, 1_000)));
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(granted).hasValue(60);
  }
}
