package com.ecohash.ecolink.persistence;

import org.junit.jupiter.api.Nested;

/** The contract of a reconciliation, on every database. */
final class ReconciliationTest {
  @Nested
  class InMemory extends ReconciliationContract {
    InMemory() {
      super(TestingDatabase.H2_MEMORY);
    }
  }

  @Nested
  class InAFile extends ReconciliationContract {
    InAFile() {
      super(TestingDatabase.H2_FILE);
    }
  }

  @Nested
  class OnPostgresql extends ReconciliationContract {
    OnPostgresql() {
      super(TestingDatabase.POSTGRESQL);
    }
  }
}
