package com.ecohash.ecolink.catalog;

/** Where catalogs are read from: the database. */
public interface CatalogSource {
  /** The version that the store is at now; it grows with every change of what a catalog holds. */
  long currentVersion();

  /** Reads everything, in one transaction. */
  Catalog load();
}
