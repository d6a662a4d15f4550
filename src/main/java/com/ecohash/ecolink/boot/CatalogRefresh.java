package com.ecohash.ecolink.boot;

import com.ecohash.ecolink.catalog.CurrentCatalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the catalog anew, and says once that the database is away, and once that it is back. */
final class CatalogRefresh implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogRefresh.class);

  private final CurrentCatalog catalog;
  private boolean stale;

  CatalogRefresh(CurrentCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public synchronized void run() {
    try {
      catalog.refresh();
      if (stale) {
        stale = false;
        LOG.info("The database is back; keys, instances and prices are up to date again.");
      }
    } catch (RuntimeException e) {
      if (!stale) {
        stale = true;
        LOG.warn("The database does not answer; requests are served with what was last read.", e);
      }
    }
  }
}
