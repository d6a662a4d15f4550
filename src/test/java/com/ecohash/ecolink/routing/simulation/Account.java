package com.ecohash.ecolink.routing.simulation;

import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.routing.simulation.Incident.Phase;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/** What happened in one simulated incident, counted. */
final class Account {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long STRETCH_NANOS = 5 * SECOND_NANOS;

  private final SimulatedWorld world;
  private final List<Ended> ended;

  Account(SimulatedWorld world) {
    this.world = world;
    this.ended = world.ended();
  }

  List<String> regions() {
    return world.replicas().stream().map(one -> one.replica().region().value()).toList();
  }

  int requests() {
    return ended.size();
  }

  long count(Result result) {
    return ended.stream().filter(one -> one.result() == result).count();
  }

  long count(Result result, Phase phase) {
    return during(phase).filter(one -> one.result() == result).count();
  }

  long failovers() {
    return ended.stream().mapToInt(Ended::failovers).sum();
  }

  int ejections() {
    return world.ejections();
  }

  int timesDown() {
    return world.timesDown();
  }

  int inFlightAtTheEnd() {
    return world.inFlight();
  }

  /** Of the requests that reached a region, by their last attempt. */
  double sharePercent(String region, Phase phase) {
    long all = during(phase).filter(one -> one.region().isPresent()).count();
    long there =
        during(phase).filter(one -> one.region().filter(region::equals).isPresent()).count();
    return all == 0 ? 0 : 100.0 * there / all;
  }

  /** Empty if no answer began in this phase. */
  OptionalLong firstByteNanos(int percentile, Phase phase) {
    long[] sorted =
        during(phase)
            .mapToLong(Ended::firstByteNanos)
            .filter(nanos -> nanos >= 0)
            .sorted()
            .toArray();
    return sorted.length == 0
        ? OptionalLong.empty()
        : OptionalLong.of(sorted[Math.min(sorted.length - 1, sorted.length * percentile / 100)]);
  }

  /**
   * Seconds from the incident's begin until the first region gets less than a quarter of what it
   * got before, for five seconds.
   */
  OptionalLong secondsUntilLeft() {
    Phase phase = Incident.phases().get(1);
    double quarter = stretchBefore() / 4;
    return firstSecond(phase, answered -> answered < quarter);
  }

  /**
   * Seconds from the incident's end until the first region gets at least half of what it got before
   * again, for five seconds.
   */
  OptionalLong secondsUntilUsedAgain() {
    Phase phase = Incident.phases().get(2);
    double half = stretchBefore() / 2;
    return firstSecond(phase, answered -> answered >= half);
  }

  private OptionalLong firstSecond(Phase phase, LongPredicate holds) {
    for (long at = phase.fromNanos(); at + STRETCH_NANOS <= phase.toNanos(); at += SECOND_NANOS) {
      if (holds.test(sentToFirst(at, at + STRETCH_NANOS))) {
        return OptionalLong.of((at - phase.fromNanos()) / SECOND_NANOS);
      }
    }
    return OptionalLong.empty();
  }

  private double stretchBefore() {
    Phase before = Incident.phases().get(0);
    double stretches = (double) (before.toNanos() - before.fromNanos()) / STRETCH_NANOS;
    return sentToFirst(before.fromNanos(), before.toNanos()) / stretches;
  }

  private long sentToFirst(long fromNanos, long toNanos) {
    ReplicaId first = world.replicas().get(0).replica().id();
    return world.sent().stream()
        .filter(one -> one.replica().equals(first))
        .filter(one -> one.atNanos() >= fromNanos && one.atNanos() < toNanos)
        .count();
  }

  private Stream<Ended> during(Phase phase) {
    return ended.stream().filter(one -> one.arrivedBetween(phase.fromNanos(), phase.toNanos()));
  }
}
