package com.ecohash.ecolink.persistence;

import org.junit.jupiter.api.Nested;

/** The contract of users, sessions, invitations and the audit log, on every database. */
final class PeopleTest {
  @Nested
  class InMemory extends PeopleContract {
    InMemory() {
      super(TestingDatabase.H2_MEMORY);
    }
  }

  @Nested
  class OnPostgresql extends PeopleContract {
    OnPostgresql() {
      super(TestingDatabase.POSTGRESQL);
    }
  }
}
