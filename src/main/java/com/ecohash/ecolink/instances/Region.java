package com.ecohash.ecolink.instances;

import com.ecohash.ecolink.ids.RegionId;

/**
 * A place that runs containers, owned by the operator.
 *
 * @param runtime how containers get there
 * @param draining takes no new exchanges; those in flight finish
 */
public record Region(RegionId id, String name, Runtime runtime, boolean draining) {
  /** How an instance's containers come to run in a region. */
  public enum Runtime {
    /** Somebody else runs them; their endpoint URLs are given at launch. */
    EXTERNAL,
    /** The gateway makes them on a Kubernetes cluster. */
    KUBERNETES
  }
}
