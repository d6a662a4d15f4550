package com.ecohash.ecolink.console.instances;

import java.util.List;
import java.util.Optional;

/** An instance to be launched, as it is asked for; {@link LaunchCheck} judges it. */
public record LaunchRequest(
    Optional<String> name,
    Optional<String> category,
    Optional<Boolean> openaiCompatible,
    Optional<String> customApiPath,
    Optional<String> protocol,
    Optional<Boolean> platform,
    Optional<String> image,
    Optional<Integer> port,
    Optional<String> healthPath,
    Optional<String> gpuType,
    Optional<Integer> gpuCount,
    Optional<String> upstreamKey,
    Optional<List<Placement>> regions) {
  /** A region to run in, with the container's URL if somebody else runs it. */
  public record Placement(Optional<String> region, Optional<String> endpoint) {}

  @Override
  public String toString() {
    return "LaunchRequest[" + name + "]"; // never the credential
  }
}
