package com.ecohash.ecolink.metering;

/** Where the numbers of a usage record come from. */
public enum UnitsSource {
  /** The container said so. */
  REPORTED,
  /** Read off the bytes that passed: the length of an audio file. */
  MEASURED,
  /** Neither was possible: counted or guessed from the text. */
  ESTIMATED
}
