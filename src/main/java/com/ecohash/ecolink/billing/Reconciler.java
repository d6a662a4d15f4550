package com.ecohash.ecolink.billing;

import java.util.function.Consumer;

/** Compares everything that is kept about money with everything else, and changes nothing. */
public interface Reconciler {
  /**
   * Looks at the whole database as it is at one moment, while it is written on.
   *
   * @param differences hears a sentence for each, as it is found
   */
  Reconciled reconcile(Consumer<String> differences);
}
