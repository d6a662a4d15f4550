package com.ecohash.ecolink.billing;

/** The prices, as they are kept: versions are added, never changed. */
public interface Prices {
  /**
   * @return whether it was added; the same subject and unit has a price from that very moment if
   *     not
   */
  boolean add(Price price);
}
