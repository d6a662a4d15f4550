package com.ecohash.ecolink.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.ecohash.ecolink.conformance.Finding.Result;
import com.ecohash.ecolink.ids.AccountId;
import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.instances.Category;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.InstanceState;
import com.ecohash.ecolink.instances.Mode;
import com.ecohash.ecolink.instances.Protocol;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import com.ecohash.ecolink.relay.Addresses;
import com.ecohash.ecolink.relay.HttpHealthProbe;
import com.ecohash.ecolink.relay.ObservedCalls;
import com.ecohash.ecolink.relay.upstream.Upstream;
import com.ecohash.ecolink.relay.upstream.UpstreamSettings;
import com.ecohash.ecolink.testing.Behaviour;
import com.ecohash.ecolink.testing.CheckedContainer;
import com.ecohash.ecolink.testing.FakeContainer;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ContainerCheckTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final CheckSettings SETTINGS =
      new CheckSettings(SECOND, Duration.ofSeconds(30), 1, "ecolink.check.at-once", true);

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Upstream upstream =
      new Upstream(
          new UpstreamSettings(
              1,
              8,
              SECOND,
              SECOND,
              SECOND.multipliedBy(5),
              SECOND.multipliedBy(5),
              SECOND.multipliedBy(9),
              65_536));
  private final Addresses addresses =
      new Addresses(InetAddress::getByName, executor, Duration.ofSeconds(30), 10);
  private final StoredReports reports = new StoredReports();
  private final ContainerCheck check =
      new ContainerCheck(
          new ObservedCalls(upstream, addresses, 100_000),
          new HttpHealthProbe(upstream, addresses),
          reports,
          SETTINGS,
          executor,
          CLOCK);

  private static final class StoredReports implements CheckReports {
    private final Map<InstanceId, CheckReport> all = new ConcurrentHashMap<>();

    @Override
    public void save(InstanceId instance, CheckReport report) {
      all.put(instance, report);
    }

    @Override
    public Optional<CheckReport> last(InstanceId instance) {
      return Optional.ofNullable(all.get(instance));
    }
  }

  @AfterEach
  void close() {
    upstream.close();
    executor.shutdownNow();
  }

  private static Instance instance(
      long id, Category category, Mode mode, Optional<String> key, URI... endpoints) {
    return new Instance(
        new InstanceId(id),
        new AccountId(1),
        CheckedContainer.MODEL,
        Optional.of(category),
        mode,
        mode == Mode.CUSTOM ? Optional.of("/generate") : Optional.empty(),
        Protocol.HTTP_1_1,
        InstanceState.RUNNING,
        false,
        Optional.of("/health"),
        key,
        List.of(endpoints).stream()
            .map(
                endpoint ->
                    new Replica(
                        new ReplicaId(endpoint.getPort()),
                        new RegionId("us-west"),
                        endpoint,
                        false))
            .toList(),
        CLOCK.instant());
  }

  private List<Finding> findings(Category category, FakeContainer container) {
    return findings(
        instance(
            142, category, Mode.OPENAI, Optional.of(CheckedContainer.CREDENTIAL), container.uri()));
  }

  private List<Finding> findings(Instance instance) {
    CheckReport report = check.check(instance);
    assertThat(reports.last(instance.id())).contains(report);
    assertThat(report.toString()).doesNotContain(CheckedContainer.CREDENTIAL);
    assertThat(report.replicas().stream().flatMap(replica -> replica.findings().stream()))
        .allSatisfy(
            finding ->
                assertThat(finding.advice().isEmpty())
                    .isEqualTo(finding.result() == Result.PASSED));
    return report.replicas().get(0).findings();
  }

  /** What a container of this kind is told, by the name of the check. */
  private Finding chat(CheckedContainer kind, String name) {
    try (FakeContainer container = kind.start()) {
      return find(findings(Category.CHAT, container), name);
    }
  }

  private static Finding find(List<Finding> findings, String name) {
    return findings.stream()
        .filter(finding -> finding.check().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in " + findings));
  }

  private static void assertFound(Finding finding, Result result, String advice) {
    assertThat(finding.result()).as(finding.toString()).isEqualTo(result);
    assertThat(finding.advice()).contains(advice);
  }

  @Test
  void findsNothingWrongWithAGoodContainer() {
    try (FakeContainer container = new CheckedContainer().start()) {
      assertThat(findings(Category.CHAT, container))
          .allSatisfy(finding -> assertThat(finding.result()).isEqualTo(Result.PASSED))
          .extracting(Finding::check)
          .containsExactly(
              "health",
              "models",
              "credential",
              "streaming",
              "usage_in_streams",
              "cancel",
              "error_for_bad_json",
              "error_for_unknown_model");
    }
  }

  @Test
  void saysWhenNobodyListens() {
    FakeContainer container = new CheckedContainer().start();
    container.close();
    List<Finding> findings = findings(Category.CHAT, container);
    assertFound(find(findings, "health"), Result.FAILED, "--host 0.0.0.0");
    assertFound(find(findings, "models"), Result.FAILED, "--host 0.0.0.0");
    assertThat(findings).hasSize(2);
  }

  @Test
  void saysWhenTheHealthCheckFails() {
    try (FakeContainer container = new CheckedContainer().start().healthy(false)) {
      assertFound(find(findings(Category.CHAT, container), "health"), Result.FAILED, "health_path");
    }
  }

  @Test
  void saysWhenTheModelHasAnotherName() {
    Finding finding = chat(new CheckedContainer().serving("meta/llama-8b"), "models");
    assertFound(finding, Result.WARNING, "--served-model-name my-llama");
    assertThat(finding.advice()).contains("--alias my-llama");
    assertThat(finding.message()).contains("meta/llama-8b");
  }

  @Test
  void saysWhenTheContainerAsksForACredentialThatTheInstanceLacks() {
    try (FakeContainer container = new CheckedContainer().start()) {
      Instance keyless = instance(1, Category.CHAT, Mode.OPENAI, Optional.empty(), container.uri());
      assertFound(find(findings(keyless), "models"), Result.FAILED, "upstream_key");
    }
  }

  @Test
  void saysWhenTheContainerIsOpenToEverybody() {
    assertFound(chat(new CheckedContainer().open(), "credential"), Result.WARNING, "--api-key");
  }

  @Test
  void saysWhenAChatIsNotStreamed() {
    assertFound(
        chat(
            new CheckedContainer().streaming(new Behaviour.Status(200, "{\"choices\":[]}")),
            "streaming"),
        Result.FAILED,
        "streams");
  }

  @Test
  void saysWhenEventsAreGathered() {
    Finding finding =
        chat(
            new CheckedContainer()
                .streaming(
                    new Behaviour.Events(
                        List.of("{\"choices\":[]}\n\ndata: {}\n\ndata: [DONE]"),
                        Duration.ofMillis(200))),
            "streaming");
    assertFound(finding, Result.WARNING, "proxy_buffering off");
    assertThat(finding.message()).contains("came together");
  }

  @Test
  void saysWhenItCannotTellWhetherEventsAreGathered() {
    Finding finding = chat(new CheckedContainer().streaming(Behaviour.Answer.of(5)), "streaming");
    assertThat(finding.result()).isEqualTo(Result.PASSED);
    assertThat(finding.message()).contains("too short to tell");
  }

  @Test
  void saysWhenAStreamHasNoEnd() {
    assertFound(
        chat(
            new CheckedContainer()
                .streaming(new Behaviour.Events(List.of("{}", "{}"), Duration.ofMillis(20))),
            "streaming"),
        Result.WARNING,
        "clients wait for it");
  }

  @Test
  void saysWhenAChatFailsAndHidesTheCredential() {
    Finding finding =
        chat(
            new CheckedContainer()
                .streaming(
                    CheckedContainer.error(
                        500, "no slot for " + CheckedContainer.CREDENTIAL + "\\u0000\\u202e!")),
            "streaming");
    assertFound(finding, Result.FAILED, "container's log");
    assertThat(finding.message()).contains("HTTP 500", "no slot for …").doesNotContain("\u202e");
  }

  @Test
  void saysWhenUsageIsMissing() {
    assertFound(
        chat(
            new CheckedContainer()
                .streaming(Behaviour.Answer.of(5).every(Duration.ofMillis(30)).withoutUsage()),
            "usage_in_streams"),
        Result.WARNING,
        "--enable-force-include-usage");
  }

  @Test
  void saysWhenStreamOptionsAreRefused() {
    CheckedContainer refusing =
        new CheckedContainer().streaming(new Behaviour.RefuseStreamOptions(5));
    Finding finding = chat(refusing, "usage_in_streams");
    assertFound(finding, Result.WARNING, "estimated");
    assertThat(finding.message()).contains("refuses stream_options");
  }

  @Test
  void saysWhenAContainerGoesOnForAClientThatLeft() {
    assertFound(
        chat(new CheckedContainer().afterLeaving(new Behaviour.Stall()), "cancel"),
        Result.WARNING,
        "--parallel");
  }

  @Test
  void saysWhenErrorsHaveAnotherForm() {
    CheckedContainer odd =
        new CheckedContainer()
            .onBadJson(new Behaviour.Status(500, "{\"error\":{\"code\":500}}"))
            .onUnknownModel(new Behaviour.Status(404, "{\"detail\":\"Not Found\"}"));
    try (FakeContainer container = odd.start()) {
      List<Finding> findings = findings(Category.CHAT, container);
      assertFound(find(findings, "error_for_bad_json"), Result.WARNING, "OpenAI's form");
      assertFound(find(findings, "error_for_unknown_model"), Result.WARNING, "OpenAI's form");
      assertThat(find(findings, "error_for_unknown_model").message()).contains("“Not Found”");
    }
  }

  @Test
  void saysWhenAnyModelsNameIsTaken() {
    assertFound(
        chat(new CheckedContainer().takingAnyModel(), "error_for_unknown_model"),
        Result.WARNING,
        "Nothing has to be done");
  }

  @Test
  void asksOneCheapQuestionOfEveryOtherCategory() {
    try (FakeContainer container = new CheckedContainer().start()) {
      for (Category category : Category.values()) {
        if (category != Category.CHAT) {
          assertThat(findings(category, container))
              .as(category.wireName())
              .allSatisfy(finding -> assertThat(finding.result()).isEqualTo(Result.PASSED))
              .extracting(Finding::check)
              .contains("endpoint");
        }
      }
      assertThat(container.received())
          .filteredOn(request -> request.target().contains("generations"))
          .allMatch(request -> request.text().equals("{\"model\":"));
    }
  }

  @Test
  void saysWhenAContainerServesAnotherCategory() {
    CheckedContainer none =
        new CheckedContainer()
            .onBadJson(new Behaviour.Status(404, "{\"detail\":\"Not Found\"}"))
            .takingAnyModel();
    try (FakeContainer container = none.start()) {
      for (Category category : List.of(Category.IMAGE, Category.VIDEO)) {
        assertFound(
            find(findings(category, container), "endpoint"), Result.FAILED, category.endpoint());
      }
    }
  }

  @Test
  void checksACustomContainersHealthAndProtocolAlone() {
    try (FakeContainer good = FakeContainer.start();
        FakeContainer other =
            FakeContainer.start().behave(Behaviour.Raw.thenClose("220 smtp ESMTP\r\n\r\n"))) {
      List<Finding> findings =
          findings(instance(1, Category.CHAT, Mode.CUSTOM, Optional.empty(), good.uri()));
      assertThat(findings).extracting(Finding::check).containsExactly("health", "protocol");
      assertThat(findings).allMatch(finding -> finding.result() == Result.PASSED);
      assertFound(
          find(
              findings(instance(2, Category.CHAT, Mode.CUSTOM, Optional.empty(), other.uri())),
              "protocol"),
          Result.FAILED,
          "h2c");
    }
  }

  @Test
  void checksEveryRegionAndReadsNoMoreThanItsLimit() {
    try (FakeContainer good = new CheckedContainer().open().start();
        FakeContainer endless =
            new CheckedContainer()
                .open()
                .streaming(
                    new Behaviour.Ticking(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n",
                        "data: " + "x".repeat(60_000) + "\n\n",
                        Duration.ofMillis(1)))
                .start()) {
      CheckReport report =
          check.check(
              instance(7, Category.CHAT, Mode.OPENAI, Optional.empty(), good.uri(), endless.uri()));
      assertThat(report.replicas()).hasSize(2);
      assertThat(find(report.replicas().get(1).findings(), "streaming").message())
          .contains("longer than what is looked at");
    }
  }

  @Test
  void checksOneInstanceOnceAtATimeAndNotTooManyTogether() {
    try (FakeContainer container = FakeContainer.start().behave(new Behaviour.Stall())) {
      Instance one = instance(1, Category.CHAT, Mode.OPENAI, Optional.empty(), container.uri());
      Instance other = instance(2, Category.CHAT, Mode.OPENAI, Optional.empty(), container.uri());
      CompletableFuture<CheckReport> first =
          CompletableFuture.supplyAsync(() -> check.check(one), executor);
      await().until(() -> !container.received().isEmpty());

      assertThat(refusal(one)).isEqualTo(ErrorType.CONFLICT);
      assertThat(refusal(other)).isEqualTo(ErrorType.OVERLOADED);
      assertThat(first.join().replicas()).hasSize(1);
      assertThat(check.check(other).replicas()).hasSize(1);
    }
  }

  @Test
  void checksAnInstanceThatHasBecomeReadyByItself() {
    try (FakeContainer container = new CheckedContainer().open().start()) {
      Instance instance =
          instance(9, Category.EMBEDDING, Mode.OPENAI, Optional.empty(), container.uri());
      check.began(instance);
      await().until(() -> reports.last(instance.id()).isPresent());
    }
  }

  private ErrorType refusal(Instance instance) {
    ApiException refusal = catchThrowableOfType(ApiException.class, () -> check.check(instance));
    return refusal.type();
  }
}
