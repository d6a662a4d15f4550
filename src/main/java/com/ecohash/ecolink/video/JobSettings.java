package com.ecohash.ecolink.video;

import java.time.Duration;

/**
 * How jobs are followed.
 *
 * @param pollInterval between two questions to a container about one job
 * @param jobMax a job that is not done after it is given up, and not billed
 */
public record JobSettings(Duration pollInterval, Duration jobMax) {}
