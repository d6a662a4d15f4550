package com.ecohash.ecolink.conformance;

import com.ecohash.ecolink.ids.RegionId;
import java.time.Instant;
import java.util.List;

/** What a check of an instance found, container by container. */
public record CheckReport(Instant checkedAt, List<ReplicaFindings> replicas) {
  /** What it found in one region. */
  public record ReplicaFindings(RegionId region, List<Finding> findings) {
    public ReplicaFindings {
      findings = List.copyOf(findings);
    }
  }

  public CheckReport {
    replicas = List.copyOf(replicas);
  }
}
