package com.ecohash.ecolink.instances;

import java.util.Optional;

/**
 * What an instance runs, and on what. The data plane never asks.
 *
 * @param port the one it listens on inside
 */
public record Container(
    Optional<String> image, Optional<Integer> port, Optional<String> gpuType, int gpuCount) {
  public Container {
    if (gpuCount < 0) {
      throw new IllegalArgumentException("a number of GPUs is not negative: " + gpuCount);
    }
  }
}
