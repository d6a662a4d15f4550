package com.ecohash.ecolink.conformance;

import java.time.Duration;

/**
 * The limits of a check.
 *
 * @param callMax one question to a container
 * @param checkMax the whole check of an instance, all its regions at once
 * @param atOnce instances that a node checks at the same time
 * @param atOnceKey of the configuration that sets this, named in a refusal
 * @param onLaunch whether an instance is checked as soon as it runs
 */
public record CheckSettings(
    Duration callMax, Duration checkMax, int atOnce, String atOnceKey, boolean onLaunch) {}
