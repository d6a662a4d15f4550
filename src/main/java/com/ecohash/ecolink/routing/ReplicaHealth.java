package com.ecohash.ecolink.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the board knows of a replica at one moment, for people and metrics; no choice is made by it.
 *
 * @param reason a short sentence without addresses, keys or class names
 * @param since when this status began
 * @param inFlight leases that have not ended
 * @param timeToFirstByte smoothed; empty as long as no answer was measured
 */
public record ReplicaHealth(
    HealthStatus status,
    String reason,
    Instant since,
    int inFlight,
    Optional<Duration> timeToFirstByte) {}
