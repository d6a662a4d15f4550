package com.ecohash.ecolink.instances;

import java.time.Instant;
import java.util.Optional;

/** An instance as its owner sees it, terminated ones included. */
public record DeployedInstance(
    Instance instance, Container container, Life life, Optional<Termination> termination) {
  /**
   * How long it is in its state, and why.
   *
   * @param reason a short word such as {@code stopped} or {@code not_ready}; empty where the state
   *     needs none
   * @param readyAt when a container first passed a health check
   */
  public record Life(Instant since, Optional<String> reason, Optional<Instant> readyAt) {}

  /**
   * When and why it ended.
   *
   * @param reason a short word such as {@code stopped} or {@code credit_depleted}
   */
  public record Termination(Instant at, String reason) {}
}
