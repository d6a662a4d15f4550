package com.ecohash.ecolink.persistence;

import org.junit.jupiter.api.Nested;

/** The contract of videos under way, on every database. */
final class VideoJobsTest {
  @Nested
  class InMemory extends VideoJobsContract {
    InMemory() {
      super(TestingDatabase.H2_MEMORY);
    }
  }

  @Nested
  class OnPostgresql extends VideoJobsContract {
    OnPostgresql() {
      super(TestingDatabase.POSTGRESQL);
    }
  }
}
