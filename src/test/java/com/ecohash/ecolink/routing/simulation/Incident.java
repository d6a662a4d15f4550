package com.ecohash.ecolink.routing.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What goes wrong, and what to read from how it went. Every incident begins after one minute and
 * lasts two; clients go on for two minutes after it.
 */
enum Incident {
  ONE_REGION_DOWN(
      3,
      "The process in us-west is gone for two minutes: connections are refused, open ones reset.",
      "Only answers already under way break off, and those alone eject the region; whoever still"
          + " runs into it is answered by the next one."),
  SLOW_REGION(
      3,
      "us-west takes 20 times as long to the first byte; its health check is as quick as ever.",
      "Nothing fails, so nothing is ejected: the region keeps the share that its speed earns.") {
    @Override
    void begin(SimulatedWorld world) {
      first(world).become(Condition.SLOW);
    }
  },
  FLAPPING_REGION(
      3,
      "us-west is gone for 10 seconds of every 30.",
      "Too short for health checks to see. Each return is bought with a trial and each ejection is"
          + " twice as long as the one before, so that a region that does not stay up gets less.") {
    @Override
    void begin(SimulatedWorld world) {
      for (int second = 0; second < LENGTH.toSeconds(); second += 30) {
        world.in(Duration.ofSeconds(second), () -> first(world).become(Condition.GONE));
        world.in(Duration.ofSeconds(second + 10), () -> first(world).become(Condition.WELL));
      }
    }
  },
  BLACK_HOLE(
      3,
      "us-west accepts connections and never answers, health checks neither.",
      "A request that waits for its first byte there cannot be sent elsewhere. What limits the harm is"
          + " the number in flight: it turns traffic away within seconds, before the first timeout and"
          + " before three health checks have failed.") {
    @Override
    void begin(SimulatedWorld world) {
      first(world).become(Condition.SILENT);
    }
  },
  HUNG_ENGINE(
      3,
      "us-west answers its health checks but no request.",
      "Health checks are no help here. The number in flight turns requests away, the timeouts eject,"
          + " and after that one request per trial pays; the price is a return as late as the last"
          + " doubled ejection ends.") {
    @Override
    void begin(SimulatedWorld world) {
      first(world).become(Condition.HUNG);
    }
  },
  ALL_DOWN_THEN_BACK(
      3,
      "All three regions are gone for two minutes.",
      "Clients get a 503 at once and not a timeout, and service is back when two health checks in a"
          + " row have succeeded.") {
    @Override
    void begin(SimulatedWorld world) {
      world.replicas().forEach(replica -> replica.become(Condition.GONE));
    }
  },
  ONLY_REGION_FAILS(
      1,
      "The instance has one region, which answers health checks well and every request with 500.",
      "The last region is never given up: a trial at most every 5 seconds, and the first that"
          + " succeeds brings all of the traffic back, however long the ejection had become.") {
    @Override
    void begin(SimulatedWorld world) {
      first(world).become(Condition.FAILING);
    }
  },
  BURST_OF_4XX(
      3,
      "Nine of ten requests are wrong and get a 400 from whatever container they reach.",
      "A client's errors say nothing of a region, and their quick answers do not make one look fast:"
          + " nothing is ejected and the shares stay about as they were.") {
    @Override
    void begin(SimulatedWorld world) {
      world.badShare(0.9);
    }
  };

  static final Duration BEFORE = Duration.ofMinutes(1);
  static final Duration LENGTH = Duration.ofMinutes(2);
  static final Duration AFTER = Duration.ofMinutes(2);

  private final int regions;
  private final String happens;
  private final String reading;

  Incident(int regions, String happens, String reading) {
    this.regions = regions;
    this.happens = happens;
    this.reading = reading;
  }

  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  String happens() {
    return happens;
  }

  String reading() {
    return reading;
  }

  void begin(SimulatedWorld world) {
    first(world).become(Condition.GONE);
  }

  Account play() {
    SimulatedWorld world = new SimulatedWorld(regions);
    world.in(BEFORE, () -> begin(world));
    world.in(
        BEFORE.plus(LENGTH),
        () -> {
          world.badShare(0);
          world.replicas().forEach(replica -> replica.become(Condition.WELL));
        });
    world.run(BEFORE.plus(LENGTH).plus(AFTER));
    return new Account(world);
  }

  static List<Phase> phases() {
    long begin = BEFORE.toNanos();
    long end = begin + LENGTH.toNanos();
    return List.of(
        new Phase("before", 0, begin),
        new Phase("during", begin, end),
        new Phase("after", end, end + AFTER.toNanos()));
  }

  record Phase(String name, long fromNanos, long toNanos) {}

  private static SimulatedReplica first(SimulatedWorld world) {
    return world.replicas().get(0);
  }
}
