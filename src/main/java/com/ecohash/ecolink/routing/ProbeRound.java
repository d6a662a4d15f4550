package com.ecohash.ecolink.routing;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Replica;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One replica's health checks, one after the other, until its end. */
final class ProbeRound {
  record Means(
      HealthBoard board,
      HealthProbe probe,
      ScheduledExecutorService scheduler,
      RandomGenerator random) {}

  private record Aim(Instance instance, Replica replica) {}

  /** A gateway that starts with a thousand replicas spreads its first checks over so much. */
  private static final double FIRST_WITHIN_INTERVALS = 0.1;

  private final Means means;
  private final RoutingSettings.Probes settings;
  private volatile Aim aim;
  private volatile boolean ended;

  ProbeRound(Means means, Instance instance, Replica replica) {
    this.means = means;
    this.settings = means.board().settings().probes();
    this.aim = new Aim(instance, replica);
  }

  /** The same replica as the catalog now has it: its endpoint or health path may be another. */
  void aim(Instance instance, Replica replica) {
    aim = new Aim(instance, replica);
  }

  /**
   * @param awaited somebody has just launched it and waits for it
   */
  void begin(boolean awaited) {
    checkIn(awaited ? 0 : FIRST_WITHIN_INTERVALS * means.random().nextDouble());
  }

  void end() {
    ended = true;
  }

  private void checkIn(double intervals) {
    if (!ended) {
      long delayNanos = (long) (intervals * settings.interval().toNanos());
      Future<?> unused = means.scheduler().schedule(this::check, delayNanos, TimeUnit.NANOSECONDS);
    }
  }

  private void check() {
    if (ended) {
      return;
    }
    AtomicBoolean answered = new AtomicBoolean();
    CompletableFuture<ProbeResult> answer = ask(aim);
    Future<?> timeout =
        means
            .scheduler()
            .schedule(
                () -> {
                  Duration limit = settings.timeout();
                  conclude(answered, ProbeResult.down("no answer in " + limit.toMillis() + " ms"));
                  answer.cancel(true);
                },
                settings.timeout().toNanos(),
                TimeUnit.NANOSECONDS);
    CompletableFuture<ProbeResult> unused =
        answer.whenComplete(
            (result, failure) -> {
              timeout.cancel(false);
              conclude(answered, result(result, failure));
            });
  }

  /** A probe that throws is a check that failed, and must not end the round. */
  private CompletableFuture<ProbeResult> ask(Aim at) {
    try {
      return means.probe().check(at.instance(), at.replica()).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static ProbeResult result(@Nullable ProbeResult result, @Nullable Throwable failure) {
    return result == null || failure != null ? ProbeResult.down("the check failed") : result;
  }

  private void conclude(AtomicBoolean answered, ProbeResult result) {
    if (ended || !answered.compareAndSet(false, true)) {
      return;
    }
    try {
      means.board().probed(aim.replica().id(), result);
    } finally { // a listener that throws must not end the round
      checkIn(1 + settings.jitter() * (2 * means.random().nextDouble() - 1));
    }
  }
}
