package com.ecohash.ecolink.fleet;

import java.time.Duration;

/**
 * The lengths of time in an instance's life.
 *
 * @param launchWait how long a launch waits for the first health checks before it is answered
 * @param startMax an instance without a healthy container has failed after it
 * @param stopMax exchanges that are in flight with a stopping instance are waited for so long
 * @param nodeSilence a node that gave no sign of life for so long is not waited for
 */
public record FleetSettings(
    Duration launchWait, Duration startMax, Duration stopMax, Duration nodeSilence) {}
