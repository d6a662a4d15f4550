package com.ecohash.ecolink.persistence;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The one row of {@code catalog_version}. */
@Entity
@Table(name = "catalog_version")
class CatalogVersionEntity {
  @Id private int id;
  private long version;

  CatalogVersionEntity() {} // for JPA

  int id() {
    return id;
  }

  long version() {
    return version;
  }
}
