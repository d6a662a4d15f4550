package com.ecohash.ecolink.conformance;

import com.ecohash.ecolink.ids.InstanceId;
import java.util.Optional;

/** The last report of each instance, as it is kept. */
public interface CheckReports {
  /** In place of the one before. */
  void save(InstanceId instance, CheckReport report);

  Optional<CheckReport> last(InstanceId instance);
}
