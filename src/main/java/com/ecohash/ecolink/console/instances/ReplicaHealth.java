package com.ecohash.ecolink.console.instances;

import com.ecohash.ecolink.ids.ReplicaId;
import java.util.Optional;

/** What this node knows of a replica's health, in a word for people. */
@FunctionalInterface
public interface ReplicaHealth {
  /** Empty for a replica of which nothing is known yet. */
  Optional<String> of(ReplicaId replica);

  /** Why it is in that health, in a sentence; empty if nothing is known. */
  default Optional<String> reason(ReplicaId replica) {
    return Optional.empty();
  }

  /** How many exchanges this node has in flight there. */
  default int inFlight(ReplicaId replica) {
    return 0;
  }
}
