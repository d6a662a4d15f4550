package com.ecohash.ecolink.persistence;

import org.junit.jupiter.api.Nested;

/** The contract of the settlement of GPU time, on every database. */
final class GpuSettlementTest {
  @Nested
  class InMemory extends GpuSettlementContract {
    InMemory() {
      super(TestingDatabase.H2_MEMORY);
    }
  }

  @Nested
  class InAFile extends GpuSettlementContract {
    InAFile() {
      super(TestingDatabase.H2_FILE);
    }
  }

  @Nested
  class OnPostgresql extends GpuSettlementContract {
    OnPostgresql() {
      super(TestingDatabase.POSTGRESQL);
    }
  }
}
