package com.ecohash.ecolink.catalog;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The reference behind which the catalog stands. Readers never wait; refreshing is serialised, so
 * that an older catalog never replaces a newer one.
 */
public final class CurrentCatalog {
  private final CatalogSource source;
  private final List<Consumer<Catalog>> listeners = new CopyOnWriteArrayList<>();
  private volatile Catalog catalog = Catalog.EMPTY;

  public CurrentCatalog(CatalogSource source) {
    this.source = source;
  }

  public Catalog get() {
    return catalog;
  }

  /** Called with every new catalog, on the thread that refreshed. */
  public void onChange(Consumer<Catalog> listener) {
    listeners.add(listener);
  }

  /** Reads the catalog anew if the store has moved on. What this node changed is seen at once. */
  public synchronized void refresh() {
    if (source.currentVersion() != catalog.version()) {
      Catalog fresh = source.load();
      catalog = fresh;
      listeners.forEach(listener -> listener.accept(fresh));
    }
  }
}
