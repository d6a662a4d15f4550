package com.ecohash.ecolink.conformance;

import com.ecohash.ecolink.ids.InstanceId;
import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Mode;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.openai.ApiException;
import com.ecohash.ecolink.openai.ErrorType;
import com.ecohash.ecolink.relay.ObservedCalls;
import com.ecohash.ecolink.routing.HealthProbe;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the containers of an instance, all regions at once, and keeps the report. Of one instance
 * a node runs one check at a time, and of all together only so many. Nobody is billed for it.
 */
public final class ContainerCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerCheck.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  private final ObservedCalls calls;
  private final HealthProbe probe;
  private final CheckReports reports;
  private final CheckSettings settings;
  private final Executor executor;
  private final Clock clock;
  private final Set<InstanceId> underWay = ConcurrentHashMap.newKeySet();
  private final Semaphore places;

  /**
   * @param executor runs the questions to one container, which wait for their answers
   */
  public ContainerCheck(
      ObservedCalls calls,
      HealthProbe probe,
      CheckReports reports,
      CheckSettings settings,
      Executor executor,
      Clock clock) {
    this.calls = calls;
    this.probe = probe;
    this.reports = reports;
    this.settings = settings;
    this.executor = executor;
    this.clock = clock;
    this.places = new Semaphore(settings.atOnce());
  }

  /**
   * Checks, and returns when it is done.
   *
   * @throws ApiException 409 if the instance is being checked, 503 if too many are, 400 if it has
   *     ended
   */
  public CheckReport check(Instance instance) {
    requireAlive(instance);
    if (!underWay.add(instance.id())) {
      throw new ApiException(
          ErrorType.CONFLICT, "This instance is being checked. Ask for the report in a moment.");
    }
    try {
      return inAPlace(instance);
    } finally {
      underWay.remove(instance.id());
    }
  }

  /** Checks an instance that has just become ready, in the background; its report tells. */
  public void began(Instance instance) {
    if (settings.onLaunch()) {
      executor.execute(
          () -> {
            try {
              CheckReport unused = check(instance);
            } catch (ApiException e) {
              LOG.info("The instance {} is not checked at its launch: {}", instance.id(), e.type());
            } catch (RuntimeException e) {
              LOG.warn("the check of the instance {} at its launch failed", instance.id(), e);
            }
          });
    }
  }

  private static void requireAlive(Instance instance) {
    if (!switch (instance.state()) {
      case STARTING, RUNNING, FAILED -> true;
      case PENDING, STOPPING, TERMINATED -> false;
    }) {
      throw ApiException.invalidRequest(
          "An instance that is " + instance.state().wireName() + " cannot be checked.");
    }
  }

  private CheckReport inAPlace(Instance instance) {
    if (!places.tryAcquire()) {
      throw new ApiException(
              ErrorType.OVERLOADED,
              settings.atOnce()
                  + " instances are being checked, the limit `"
                  + settings.atOnceKey()
                  + "`. Try again soon.")
          .withRetryAfter(RETRY_AFTER);
    }
    try {
      CheckReport report =
          new CheckReport(clock.instant().truncatedTo(ChronoUnit.MICROS), replicas(instance));
      reports.save(instance.id(), report);
      return report;
    } finally {
      places.release();
    }
  }

  private List<CheckReport.ReplicaFindings> replicas(Instance instance) {
    long until = System.nanoTime() + settings.checkMax().toNanos();
    List<CompletableFuture<CheckReport.ReplicaFindings>> checks = new ArrayList<>();
    for (Replica replica : instance.replicas()) {
      Questions questions = new Questions(calls, instance, replica, settings.callMax(), until);
      checks.add(
          CompletableFuture.supplyAsync(
              () -> new CheckReport.ReplicaFindings(replica.region(), findings(questions)),
              executor));
    }
    return checks.stream().map(CompletableFuture::join).toList();
  }

  private List<Finding> findings(Questions questions) {
    Instance instance = questions.instance();
    List<Finding> findings = new ArrayList<>();
    Finding health = BasicChecks.health(questions, probe);
    findings.add(health);
    if (instance.mode() == Mode.CUSTOM) {
      findings.add(CustomChecks.protocol(questions, health));
      return findings;
    }
    Finding models = BasicChecks.models(questions);
    findings.add(models);
    if (models.result() != Finding.Result.FAILED) { // else everything fails, for the same reason
      findings.add(BasicChecks.credential(questions));
      findings.addAll(new CategoryChecks(questions).of(instance.category().orElseThrow()));
    }
    return findings;
  }
}
