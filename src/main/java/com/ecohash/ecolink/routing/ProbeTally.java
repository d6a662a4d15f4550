package com.ecohash.ecolink.routing;

import java.time.Instant;

/** What a replica's active health checks said so far. Immutable. */
record ProbeTally(Verdict verdict, int goodInRow, int failedInRow, String detail, Instant since) {
  enum Verdict {
    UNKNOWN,
    UP,
    DOWN
  }

  static ProbeTally none(Instant since) {
    return new ProbeTally(Verdict.UNKNOWN, 0, 0, "not checked yet", since);
  }

  /** One good check is enough for a replica never seen down: a fresh instance serves at once. */
  ProbeTally after(ProbeResult result, RoutingSettings.Probes settings, Instant now) {
    int good = result.up() ? Math.min(goodInRow + 1, settings.upAfter()) : 0;
    int failed = result.up() ? 0 : Math.min(failedInRow + 1, settings.downAfter());
    Verdict next = verdict;
    if (failed >= settings.downAfter()) {
      next = Verdict.DOWN;
    } else if (good >= settings.upAfter() || (good > 0 && verdict == Verdict.UNKNOWN)) {
      next = Verdict.UP;
    }
    return new ProbeTally(next, good, failed, result.detail(), next == verdict ? since : now);
  }
}
