package com.ecohash.ecolink.relay;

import com.ecohash.ecolink.instances.Replica;

/**
 * One attempt as it went.
 *
 * @param reason why routing chose this replica
 * @param result {@code ok}, a status such as {@code status_503}, or a failure's word
 * @param connectNanos 0 on a pooled connection
 */
public record Attempted(
    Replica replica, String reason, String result, long connectNanos, long durationNanos) {}
