package com.ecohash.ecolink.boot;

import com.ecohash.ecolink.console.instances.ReplicaHealth;
import com.ecohash.ecolink.ids.ReplicaId;
import com.ecohash.ecolink.routing.HealthBoard;
import java.util.Optional;

/** What the health board knows, as the management API tells it. */
record BoardedHealth(HealthBoard board) implements ReplicaHealth {
  @Override
  public Optional<String> of(ReplicaId replica) {
    return Optional.of(board.health(replica).status().wireName());
  }

  @Override
  public Optional<String> reason(ReplicaId replica) {
    return Optional.of(board.health(replica).reason());
  }

  @Override
  public int inFlight(ReplicaId replica) {
    return board.health(replica).inFlight();
  }
}
