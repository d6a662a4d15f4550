package com.ecohash.ecolink.metering;

import com.ecohash.ecolink.ids.RequestId;
import java.time.Instant;

/** Where a page of usage records ended: the start and id of its last record. */
public record UsagePosition(Instant startedAt, RequestId id) {
  public static UsagePosition of(UsageRecord record) {
    return new UsagePosition(record.start().startedAt(), record.id());
  }
}
