package com.ecohash.ecolink.video;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.access.KeyDirectory;
import com.ecohash.ecolink.billing.Balances;
import com.ecohash.ecolink.billing.PriceBook;
import com.ecohash.ecolink.catalog.Catalog;
import com.ecohash.ecolink.catalog.CatalogSource;
import com.ecohash.ecolink.catalog.CurrentCatalog;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.InstanceDirectory;
import com.ecohash.ecolink.metering.Ending;
import com.ecohash.ecolink.metering.Units;
import com.ecohash.ecolink.metering.UnitsSource;
import com.ecohash.ecolink.metering.UsageRecord;
import com.ecohash.ecolink.metering.journal.Journal;
import com.ecohash.ecolink.metering.journal.JournalSettings;
import com.ecohash.ecolink.relay.Addresses;
import com.ecohash.ecolink.relay.OwnCalls;
import com.ecohash.ecolink.relay.upstream.Upstream;
import com.ecohash.ecolink.relay.upstream.UpstreamSettings;
import com.ecohash.ecolink.routing.TestingInstances;
import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.FakeContainer;
import com.ecohash.ecolink.testing.MovableClock;
import com.ecohash.ecolink.testing.SampleMedia;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a job by what its container, over a real socket, says of it. */
@Timeout(60)
class JobPollerTest {
  private static final Duration JOB_MAX = Duration.ofHours(24);
  private static final int ANSWER_BYTES_MAX = 8 << 20;
  private static final Units ASKED =
      Units.NONE.withDuration(Duration.ofSeconds(4), UnitsSource.ESTIMATED);

  private final FakeContainer container = FakeContainer.start();
  private final FakeJobStore store = new FakeJobStore();
  private final MovableClock clock = new MovableClock(TestingJobs.NOON);
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final Upstream upstream =
      new Upstream(
          new UpstreamSettings(
              1,
              8,
              Duration.ofSeconds(60),
              Duration.ofSeconds(5),
              Duration.ofSeconds(20),
              Duration.ofSeconds(20),
              Duration.ofSeconds(20),
              65_536));
  private final VideoJob job = TestingJobs.job(1, "job 1");
  private final Journal journal;
  private final VideoJobs jobs;

  JobPollerTest(@TempDir Path folder) {
    journal = Journal.open(new JournalSettings(folder.resolve("journal"), 64 << 10, 256 << 10));
    RememberedJobs remembered =
        new RememberedJobs(
            store,
            new StoreCalls(threads, Duration.ofSeconds(20)),
            UnsavedJobs.in(folder.resolve("jobs"), 100),
            Runnable::run);
    jobs = new VideoJobs(remembered, journal, new Balances(), clock);
    store.remember(job);
  }

  @AfterEach
  void close() {
    upstream.close();
    threads.shutdownNow();
    journal.close();
    container.close();
  }

  private static CurrentCatalog catalog(InstanceDirectory instances) {
    CurrentCatalog catalog =
        new CurrentCatalog(
            new CatalogSource() {
              @Override
              public long currentVersion() {
                return 1;
              }

              @Override
              public Catalog load() {
                return new Catalog(
                    1, KeyDirectory.EMPTY, instances, List.of(), PriceBook.EMPTY, Map.of());
              }
            });
    catalog.refresh();
    return catalog;
  }

  private Instance instance() {
    return TestingInstances.of(
        TestingInstances.replica(9, "us-west", container.uri(), /* draining= */ false));
  }

  private void poll() {
    poll(new InstanceDirectory(List.of(instance())));
  }

  private void poll(InstanceDirectory instances) {
    OwnCalls calls =
        new OwnCalls(
            upstream,
            new Addresses(InetAddress::getByName, threads, Duration.ofSeconds(30), 10),
            ANSWER_BYTES_MAX);
    new JobPoller(
            jobs, catalog(instances), calls, new JobSettings(Duration.ofSeconds(5), JOB_MAX), clock)
        .run();
  }

  private UsageRecord recordAfter(Behaviour behaviour) {
    container.behave(behaviour);
    poll();
    return record();
  }

  private UsageRecord record() {
    await().until(() -> store.hasEnded(job));
    return journal.undrained(job.usage().id()).orElseThrow();
  }

  private void assertStillFollowed() {
    assertThat(store.hasEnded(job)).isFalse();
    assertThat(journal.undrained()).isZero();
  }

  private static Behaviour json(String body) {
    return new Behaviour.Status(200, body);
  }

  @Test
  void billsWhatTheContainerReports() {
    UsageRecord record = recordAfter(json("{\"status\":\"completed\",\"duration_seconds\":6.5}"));

    assertThat(record.ending()).isEqualTo(Ending.COMPLETED);
    assertThat(record.units())
        .isEqualTo(Units.NONE.withDuration(Duration.ofMillis(6_500), UnitsSource.REPORTED));
    assertThat(container.received().get(0).target()).isEqualTo("/v1/video/generations/job%201");
  }

  @Test
  void billsAVideoWhoseEndItSeesLate() {
    clock.advance(JOB_MAX.plusHours(1));

    assertThat(recordAfter(json("{\"status\":\"completed\",\"seconds\":4}")).ending())
        .isEqualTo(Ending.COMPLETED);
  }

  @Test
  void givesAJobUpThatIsNotDoneInAllTheTime() {
    clock.advance(JOB_MAX.plusHours(1));

    UsageRecord record = recordAfter(json("{\"id\":\"job 1\",\"status\":\"queued\"}"));

    assertThat(record.ending()).isEqualTo(Ending.TIMEOUT);
    assertThat(record.cost().isZero()).isTrue();
  }

  @Test
  void givesAJobUpWhoseContainerIsSilentForAllTheTime() {
    clock.advance(JOB_MAX.plusHours(1));

    assertThat(recordAfter(new Behaviour.CloseBeforeHeaders()).ending()).isEqualTo(Ending.TIMEOUT);
  }

  @Test
  void billsNoJobThatFailed() {
    UsageRecord record = recordAfter(json("{\"status\":\"failed\",\"seconds\":4}"));

    assertThat(record.ending()).isEqualTo(Ending.CONTAINER_FAILED);
    assertThat(record.cost().isZero()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void billsNoJobThatTheContainerForgot(int status) {
    UsageRecord record = recordAfter(new Behaviour.Status(status, "{}"));

    assertThat(record.ending()).isEqualTo(Ending.CONTAINER_ERROR);
    assertThat(record.status()).isEqualTo(status);
  }

  @Test
  void readsAnAnswerThatHasTheVideoInIt() {
    String answer =
        "{\"id\":\"job 1\",\"data\":[{\"b64_json\":\"%s\"}],\"status\":\"done\",\"seconds\":\"6\"}"
            .formatted("A".repeat(3 << 20));

    assertThat(recordAfter(json(answer)).units())
        .isEqualTo(Units.NONE.withDuration(Duration.ofSeconds(6), UnitsSource.REPORTED));
  }

  @Test
  void measuresTheVideoThatIsTheAnswer() {
    assertThat(recordAfter(new Behaviour.Content("video/mp4", SampleMedia.mp4())).units())
        .isEqualTo(Units.NONE.withDuration(Duration.ofMillis(2_500), UnitsSource.MEASURED));
  }

  @Test
  void billsTheAskedLengthOfAVideoThatItCannotMeasure() {
    assertThat(recordAfter(new Behaviour.Content("video/mp4", new byte[] {1, 2, 3})).units())
        .isEqualTo(ASKED);
  }

  @Test
  void readsNoFurtherThanTheLimit() {
    byte[] video = new byte[ANSWER_BYTES_MAX + 1];

    assertThat(recordAfter(new Behaviour.Content("video/mp4", video)).units()).isEqualTo(ASKED);
  }

  @Test
  void takesAPageOfAProxyForNoVideo() {
    container.behave(
        new Behaviour.Content("text/html", "<html>starting</html>".getBytes(US_ASCII)));
    poll();
    await().until(() -> container.answeredInFull() == 1);
    assertStillFollowed();

    assertThat(recordAfter(json("{\"status\":\"completed\",\"seconds\":4}")).ending())
        .isEqualTo(Ending.COMPLETED);
  }

  @Test
  void leavesAJobAloneWhoseInstanceItIsYetToHearOf() {
    poll(InstanceDirectory.EMPTY);
    assertStillFollowed();

    assertThat(recordAfter(json("{\"status\":\"completed\",\"seconds\":4}")).ending())
        .isEqualTo(Ending.COMPLETED);
  }

  @Test
  void losesTheJobOfAnInstanceThatWasStopped() {
    poll(new InstanceDirectory(List.of(), List.of(instance())));

    assertThat(record().ending()).isEqualTo(Ending.UNREACHABLE);
  }
}
