package com.ecohash.ecolink.instances;

import java.time.Instant;
import java.util.Optional;

/** An instance as its owner sees it, terminated ones included. */
public record DeployedInstance(
    Instance instance, Container container, Optional<Termination> termination) {
  /**
   * When and why it ended.
   *
   * @param reason a short word such as {@code stopped} or {@code credit_depleted}
   */
  public record Termination(Instant at, String reason) {}
}
