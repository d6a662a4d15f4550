package com.ecohash.ecolink.media;

/** A media file, and how long it plays by other people's reckoning. */
record Sample(String name, byte[] bytes, double seconds) {
  @Override
  public String toString() {
    return name;
  }
}
