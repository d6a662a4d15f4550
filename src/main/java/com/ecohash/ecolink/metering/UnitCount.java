package com.ecohash.ecolink.metering;

/** Counts the units of one category, from what the answer said and what is known of the request. */
interface UnitCount {
  Units count(AnsweredJson said);
}
