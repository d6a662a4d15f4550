package com.ecohash.ecolink.relay;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fields that are of one connection only (RFC 9110, section 7.6.1), and so never passed on. */
final class HopByHop {
  private static final Set<String> ALWAYS =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  private HopByHop() {}

  /**
   * @param lowerName of the field in question
   * @param connection what all {@code Connection} fields of the message say, with commas between;
   *     null if there is none
   */
  static boolean is(String lowerName, @Nullable String connection) {
    return ALWAYS.contains(lowerName) || isNamed(lowerName, connection);
  }

  private static boolean isNamed(String lowerName, @Nullable String connection) {
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
