package com.ecohash.ecolink.relay;

import org.jspecify.annotations.Nullable;

/** Fields that {@code Connection} makes hop-by-hop (RFC 9110, section 7.6.1). */
final class HopByHop {
  private HopByHop() {}

  /**
   * @param lowerName of the field in question
   * @param connection the value of the {@code Connection} field, null if there is none
   */
  static boolean isNamed(String lowerName, @Nullable String connection) {
    if (connection == null
        || connection.equalsIgnoreCase("keep-alive")
        || connection.equalsIgnoreCase("close")) {
      return false;
    }
    for (String option : connection.split(",", -1)) {
      if (option.trim().equalsIgnoreCase(lowerName)) {
        return true;
      }
    }
    return false;
  }
}
