package com.ecohash.ecolink.routing;

import com.ecohash.ecolink.instances.Instance;
import com.ecohash.ecolink.instances.Replica;
import java.util.concurrent.CompletionStage;

/**
 * Asks one replica once whether it is well. Never blocks, and keeps no time: {@link Prober} cancels
 * the stage when the timeout has passed. A stage that fails is a failed check.
 */
@FunctionalInterface
public interface HealthProbe {
  CompletionStage<ProbeResult> check(Instance instance, Replica replica);
}
