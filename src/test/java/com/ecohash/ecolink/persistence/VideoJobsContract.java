package com.ecohash.ecolink.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.KeyId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.metering.ExchangeStart;
import com.ecohash.ecolink.money.Money;
import com.ecohash.ecolink.money.PricedUnit;
import com.ecohash.ecolink.money.Rates;
import com.ecohash.ecolink.video.VideoJob;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every database owes to videos under way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class VideoJobsContract {
  private static final Duration TURN = Duration.ofSeconds(5);
  private static final int ALL = 1_000;

  private final Database database;
  private final JpaVideoJobs jobs;

  VideoJobsContract(TestingDatabase kind) {
    database = kind.open();
    jobs = new JpaVideoJobs(database, TestingWorld.CLOCK);
  }

  @AfterAll
  void close() {
    database.close();
  }

  private VideoJob job(AccountId account, String id) {
    return new VideoJob(
        new ExchangeStart(
            TestingWorld.requestId(),
            TestingWorld.NOON,
            account,
            Optional.of(new KeyId(3)),
            new InstanceId(7),
            Optional.of(Category.VIDEO),
            "my-video:7",
            false,
            new Rates(Map.of(PricedUnit.SECONDS, Money.parse("0.05")))),
        new ReplicaId(9),
        new RegionId("us-west"),
        id,
        id,
        Optional.of(Duration.ofMillis(4_500)));
  }

  private JpaVideoJobs at(Duration later) {
    return new JpaVideoJobs(database, Clock.fixed(TestingWorld.NOON.plus(later), ZoneOffset.UTC));
  }

  @Test
  void findsAJobForItsAccountAlone() {
    AccountId account = TestingWorld.account(database);
    VideoJob job = job(account, "video_1");

    assertThat(jobs.remember(job)).isTrue();

    assertThat(jobs.find(account, "video_1")).contains(job);
    assertThat(jobs.find(TestingWorld.account(database), "video_1")).isEmpty();
    assertThat(jobs.find(account, "video_2")).isEmpty();
  }

  @Test
  void refusesASecondJobOfOneNameToOneAccount() {
    AccountId account = TestingWorld.account(database);
    AccountId other = TestingWorld.account(database);
    VideoJob job = job(account, "1");

    assertThat(jobs.remember(job)).isTrue();
    assertThat(jobs.remember(job)).isTrue();
    assertThat(jobs.remember(job(account, "1"))).isFalse();
    assertThat(jobs.remember(job(other, "1"))).isTrue();
    assertThat(jobs.find(account, "1")).contains(job);
  }

  @Test
  void givesAJobAnotherName() {
    AccountId account = TestingWorld.account(database);
    VideoJob job = job(account, "old");
    VideoJob renamed =
        new VideoJob(
            job.usage(), job.replica(), job.region(), job.containerId(), "new", job.asked());
    assertThat(jobs.rename(renamed)).isFalse();
    jobs.remember(job);

    assertThat(jobs.remember(renamed)).isFalse();
    assertThat(jobs.rename(renamed)).isTrue();

    assertThat(jobs.find(account, "new")).contains(renamed);
    assertThat(jobs.find(account, "old")).isEmpty();
    assertThat(jobs.remember(renamed)).isTrue();
  }

  @Test
  void refusesAllButOneOfManyAtOnce() {
    AccountId account = TestingWorld.account(database);

    List<CompletableFuture<Boolean>> attempts =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> jobs.remember(job(account, "x"))))
            .toList();

    assertThat(attempts.stream().filter(CompletableFuture::join)).hasSize(1);
  }

  @Test
  void handsEachTurnToOneNodeAlone() {
    VideoJob job = job(TestingWorld.account(database), "turns");
    jobs.remember(job);

    assertThat(jobs.takeDue(TURN, ALL)).contains(job);
    assertThat(jobs.takeDue(TURN, ALL)).doesNotContain(job);
    assertThat(at(TURN).takeDue(TURN, ALL)).contains(job);
    assertThat(at(TURN).takeDue(TURN, ALL)).doesNotContain(job);
  }

  @Test
  void handsOutNoJobThatHasEnded() {
    AccountId account = TestingWorld.account(database);
    VideoJob job = job(account, "ended");
    jobs.remember(job);

    jobs.end(job);
    jobs.end(job);

    assertThat(at(Duration.ofDays(1)).takeDue(TURN, ALL)).doesNotContain(job);
    assertThat(jobs.find(account, "ended")).contains(job);
  }
}
