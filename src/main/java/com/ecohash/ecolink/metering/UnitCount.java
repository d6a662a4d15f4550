package com.ecohash.ecolink.metering;

/** Counts the units of one category, from what the answer said and what is known of the request. */
interface UnitCount {
  /** An answer begins; what was seen of one before it, of another replica, does not count. */
  default void begin() {}

  /** A piece of an event stream passes. */
  default void streamed(byte[] bytes, int offset, int length) {}

  Units count(AnsweredJson said);
}
