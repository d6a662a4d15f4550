package com.ecohash.ecolink.openai;

/**
 * What the first event with data was: while it is none or an error, another replica may be tried.
 */
public enum FirstEvent {
  NONE,
  ERROR,
  DATA
}
