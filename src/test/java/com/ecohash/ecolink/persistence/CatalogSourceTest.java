package com.ecohash.ecolink.persistence;

import org.junit.jupiter.api.Nested;

/**
 * The contract of accounts, keys, regions, instances, prices and their catalog, on every database.
 */
final class CatalogSourceTest {
  @Nested
  class InMemory extends CatalogSourceContract {
    InMemory() {
      super(TestingDatabase.H2_MEMORY);
    }
  }

  @Nested
  class InAFile extends CatalogSourceContract {
    InAFile() {
      super(TestingDatabase.H2_FILE);
    }
  }

  @Nested
  class OnPostgresql extends CatalogSourceContract {
    OnPostgresql() {
      super(TestingDatabase.POSTGRESQL);
    }
  }
}
