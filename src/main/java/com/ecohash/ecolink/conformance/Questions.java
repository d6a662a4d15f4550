package com.ecohash.ecolink.conformance;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Replica;
import com.ecohash.ecolink.relay.Observed;
import com.ecohash.ecolink.relay.ObservedCalls;
import com.ecohash.ecolink.relay.ObservedCalls.Ask;
import com.ecohash.ecolink.relay.upstream.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Asks one container, one question at a time, and waits for what comes. May be used by one thread
 * at a time.
 */
final class Questions {
  private static final String JSON = "application/json";

  private final ObservedCalls calls;
  private final Instance instance;
  private final Replica replica;
  private final Duration callMax;
  private final long untilNanos;

  /**
   * @param untilNanos by {@link System#nanoTime}, when the whole check has to be over
   */
  Questions(
      ObservedCalls calls, Instance instance, Replica replica, Duration callMax, long untilNanos) {
    this.calls = calls;
    this.instance = instance;
    this.replica = replica;
    this.callMax = callMax;
    this.untilNanos = untilNanos;
  }

  Instance instance() {
    return instance;
  }

  Replica replica() {
    return replica;
  }

  Observed get(String path) {
    return ask(instance, Ask.get(path), body -> false);
  }

  Observed getWithoutKey(String path) {
    return ask(instance.withoutUpstreamKey(), Ask.get(path), body -> false);
  }

  Observed post(String path, String json) {
    return post(path, json, body -> false);
  }

  Observed post(String path, String json, Predicate<byte[]> enough) {
    return post(path, JSON, json.getBytes(StandardCharsets.UTF_8), enough);
  }

  Observed post(String path, String contentType, byte[] body, Predicate<byte[]> enough) {
    return ask(instance, new Ask("POST", path, Optional.of(contentType), body), enough);
  }

  /** How long a question may take now. */
  Duration limit() {
    Duration left = Duration.ofNanos(Math.max(0, untilNanos - System.nanoTime()));
    return left.compareTo(callMax) < 0 ? left : callMax;
  }

  private Observed ask(Instance as, Ask ask, Predicate<byte[]> enough) {
    CompletableFuture<Observed> seen = calls.send(as, replica, ask, enough).seen();
    long limit = limit().toNanos();
    try {
      return seen.get(limit, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return nothing(limit, Failure.TOTAL_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return nothing(0, Failure.TOTAL_TIMEOUT);
    } catch (ExecutionException e) {
      return nothing(0, Failure.CONNECT_FAILED);
    } finally {
      seen.cancel(true);
    }
  }

  private static Observed nothing(long nanos, Failure failure) {
    return new Observed(
        0,
        Optional.empty(),
        new byte[0],
        List.of(),
        nanos,
        Observed.End.FAILED,
        Optional.of(failure));
  }
}
