package com.ecohash.ecolink.persistence;

import org.junit.jupiter.api.Nested;

/** The contract of the usage store and its queries, on every database. */
final class UsageStoreTest {
  @Nested
  class InMemory extends UsageStoreContract {
    InMemory() {
      super(TestingDatabase.H2_MEMORY);
    }
  }

  @Nested
  class InAFile extends UsageStoreContract {
    InAFile() {
      super(TestingDatabase.H2_FILE);
    }
  }

  @Nested
  class OnPostgresql extends UsageStoreContract {
    OnPostgresql() {
      super(TestingDatabase.POSTGRESQL);
    }
  }
}
