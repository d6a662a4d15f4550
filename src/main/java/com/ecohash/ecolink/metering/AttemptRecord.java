package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.ids.RegionId;
import com.ecohash.ecolink.ids.ReplicaId;

/**
 * One attempt of an exchange at one replica.
 *
 * @param reason why this replica was chosen, in routing's words
 * @param result how the attempt ended, a short word such as {@code ok} or {@code connect_refused}
 * @param millis how long it took, until the failure or the end of the answer
 */
public record AttemptRecord(
    ReplicaId replica, RegionId region, String reason, String result, int millis) {}
